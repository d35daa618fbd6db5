const SAMPLE_RATE = 8000
const BYTES_PER_SAMPLE = 2
const HEADER_BYTES = 44

/** A tone as a WAV file: 16 bits, one channel. `level`: 0 to 1 */
export function wavTone(options: { readonly hz: number; readonly seconds: number; readonly level: number }): Buffer {
  const samples = Math.round(options.seconds * SAMPLE_RATE)
  const file = Buffer.alloc(HEADER_BYTES + samples * BYTES_PER_SAMPLE)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(SAMPLE_RATE, 24)
  file.writeUInt32LE(SAMPLE_RATE * BYTES_PER_SAMPLE, 28)
  file.writeUInt16LE(BYTES_PER_SAMPLE, 32)
  file.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples * BYTES_PER_SAMPLE, 40)
  for (let index = 0; index < samples; index += 1) {
    const sample = options.level * Math.sin((2 * Math.PI * options.hz * index) / SAMPLE_RATE)
    file.writeInt16LE(Math.round(sample * 0x7fff), HEADER_BYTES + index * BYTES_PER_SAMPLE)
  }
  return file
}
