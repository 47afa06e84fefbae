// Loaded before kinesis-local (node -r): both of its listeners take free ports of 127.0.0.1 only, the plain one says which
// ("listening-port N"), and the process ends when its standard input does.
'use strict'
const net = require('net')
const path = require('path')
process.chdir(path.dirname(process.argv[1])) // it reads its certificate from there
const plain = Number(process.env.KINESIS_MOCK_PLAIN_PORT)
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...given) {
  const callback = given.find(argument => typeof argument === 'function')
  const asked = typeof given[0] === 'object' && given[0] !== null ? given[0].port : given[0]
  if (Number(asked) === plain) {
    this.once('listening', () => console.log('\nlistening-port ' + this.address().port))
  }
  return listen.call(this, { port: 0, host: '127.0.0.1' }, callback)
}
process.stdin.on('end', () => process.exit(0))
process.stdin.on('error', () => process.exit(0))
process.stdin.resume()
