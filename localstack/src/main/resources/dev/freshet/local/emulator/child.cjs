// Loaded before an emulator (node -r): it listens on 127.0.0.1 only, on the port that it is told or a free one, and says which ("listening-port N"),
// and it ends when its standard input does, that is when its parent has closed the pipe or has died. A terminal's Ctrl-C
// goes to the parent alone, which ends its children in order.
'use strict'
const net = require('net')
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...given) {
  const callback = given.find(argument => typeof argument === 'function')
  this.once('listening', () => console.log('listening-port ' + this.address().port))
  return listen.call(this, { port: Number(process.env.FRESHET_CHILD_PORT || 0), host: '127.0.0.1' }, callback)
}
process.stdin.on('end', () => process.exit(0))
process.stdin.on('error', () => process.exit(0))
process.stdin.resume()
process.on('SIGINT', () => {})
// Both emulators let a request that its client broke off end the whole process; here it costs that request alone.
process.on('uncaughtException', error => {
  console.error(error.stack)
  if (error.code !== 'ECONNRESET') process.exit(1)
})
