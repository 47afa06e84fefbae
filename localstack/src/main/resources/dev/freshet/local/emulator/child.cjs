// Preloaded into an emulator (node -r). Makes it listen on 127.0.0.1 only, on FRESHET_CHILD_PORT or a free port, and print the port
// ("listening-port N"). Ends the process when its standard input ends, which happens when the parent closes the pipe or dies.
// Ignores SIGINT, so that Ctrl-C in a terminal ends only the parent, which then ends its children in order.
'use strict'
const net = require('net')
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...args) {
  const callback = args.find(argument => typeof argument === 'function')
  this.once('listening', () => console.log('listening-port ' + this.address().port))
  return listen.call(this, { port: Number(process.env.FRESHET_CHILD_PORT || 0), host: '127.0.0.1' }, callback)
}
process.stdin.on('end', () => process.exit(0))
process.stdin.on('error', () => process.exit(0))
process.stdin.resume()
process.on('SIGINT', () => {})
// Both emulators crash when a client aborts a request; this handler limits the failure to that request.
process.on('uncaughtException', error => {
  console.error(error.stack)
  if (error.code !== 'ECONNRESET') process.exit(1)
})
