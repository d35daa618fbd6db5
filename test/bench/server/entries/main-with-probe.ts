import './probe'
import '../../../../server/src/main'
