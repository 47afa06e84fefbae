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
// Answers programs of this machine alone. A page that is open in a browser names its Origin; one whose name was made to resolve to
// 127.0.0.1 names itself as Host. Both emulators would let any page read everything.
const http = require('http')
const emit = http.Server.prototype.emit
http.Server.prototype.emit = function (event, request, response) {
  if (event !== 'request') return emit.apply(this, arguments)
  const { host = '', origin, 'sec-fetch-site': from } = request.headers
  if (/^(127\.0\.0\.1|localhost|\[::1])(:\d{1,5})?$/i.test(host) && !origin && !(from && from !== 'none')) {
    return emit.apply(this, arguments)
  }
  response.writeHead(421, { Connection: 'close' }).end()
  return true
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
