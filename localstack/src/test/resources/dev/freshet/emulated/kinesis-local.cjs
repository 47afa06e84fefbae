// Preloaded into kinesis-local (node -r). Makes both of its listeners use free ports of 127.0.0.1 only, prints the port of the plain
// one ("listening-port N"), and ends the process when its standard input ends.
'use strict'
const net = require('net')
const path = require('path')
process.chdir(path.dirname(process.argv[1])) // the folder of its certificate
const plain = Number(process.env.KINESIS_MOCK_PLAIN_PORT)
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...args) {
  const callback = args.find(argument => typeof argument === 'function')
  const requested = typeof args[0] === 'object' && args[0] !== null ? args[0].port : args[0]
  if (Number(requested) === plain) {
    this.once('listening', () => console.log('\nlistening-port ' + this.address().port))
  }
  return listen.call(this, { port: 0, host: '127.0.0.1' }, callback)
}
process.stdin.on('end', () => process.exit(0))
process.stdin.on('error', () => process.exit(0))
process.stdin.resume()
