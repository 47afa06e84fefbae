// Preloaded into an emulator (node -r). Makes it listen on 127.0.0.1 only, on FRESHET_CHILD_PORT or a free port, and print the port
// ("listening-port N"). Ends the process when its standard input ends, which happens when the parent closes the pipe or dies.
// Ignores SIGINT, so that Ctrl-C in a terminal ends only the parent, which then ends its children in order. Adds to dynalite what it lacks.
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
const Stream = require('stream')
let batchExecuteStatement
const emit = http.Server.prototype.emit
http.Server.prototype.emit = function (event, request, response) {
  if (event !== 'request') return emit.apply(this, arguments)
  const { host = '', origin, 'sec-fetch-site': from } = request.headers
  if (/^(127\.0\.0\.1|localhost|\[::1])(:\d{1,5})?$/i.test(host) && !origin && !(from && from !== 'none')) {
    const joint = batchExecuteStatement && /\.BatchExecuteStatement$/.test(request.headers['x-amz-target'])
    return joint ? !!batchExecuteStatement(request, response) : emit.apply(this, arguments)
  }
  response.writeHead(421, { Connection: 'close' }).end()
  return true
}
// What dynalite lacks: reads that are not handed to another thread, which costs more than the read; queries that pass on the rows of a
// range together, and not each in a turn of its own; and BatchExecuteStatement with the one form of a statement that Freshet sends,
// INSERT INTO "table" VALUE {'name':?,...}.
if (/dynalite/.test(process.argv[1])) {
  const dynalite = require('module').createRequire(process.argv[1])
  const { ClassicLevel } = dynalite('classic-level')
  ClassicLevel.prototype._get = async function (key, options) { return this._getSync(key, options) }
  const db = dynalite('./db')
  const create = db.create
  let store
  db.create = options => {
    store = create(options)
    store.db.createValueStream = range => values(store.db.values({ ...range, highWaterMarkBytes: 1 << 20 }))
    return store
  }
  const values = iterator => {
    const stream = new Stream()
    let open = true
    stream.destroy = () => { open = false }
    const all = async () => {
      for (let rows; open && (rows = await iterator.nextv(1000)).length;) rows.forEach(row => stream.emit('data', row))
      stream.emit('end')
    }
    all().catch(error => stream.emit('error', error)).finally(() => iterator.close())
    return stream
  }
  const { types, custom } = dynalite('./validations/putItem')
  const { checkTypes, checkValidations } = dynalite('./validations')
  const putItem = dynalite('./actions/putItem')
  const insert = (ReturnConsumedCapacity, { Statement, Parameters }) => new Promise((resolve, reject) => {
    const [, TableName, members] = /^INSERT INTO "([^"]+)" VALUE \{'(.*)':\?\}$/.exec(Statement)
    const names = members.split("':?,'")
    const Item = Object.fromEntries(names.map((name, i) => [name, Parameters[i]]))
    const put = checkTypes({ TableName, Item, ReturnConsumedCapacity }, types)
    checkValidations(put, types, custom, store)
    put.Expected = Object.fromEntries(names.map(name => [name, { Exists: false }])) // those of the key do where there is a row
    putItem(store, put, (error, answer) => error ? reject(error) : resolve(answer.ConsumedCapacity))
  })
  const failure = ({ message, body = { __type: 'ValidationException', message } }) => {
    const code = body.__type.replace(/.*#|Exception$/g, '')
    return { Code: { ConditionalCheckFailed: 'DuplicateItem', Validation: 'ValidationError' }[code] || code, Message: body.message }
  }
  batchExecuteStatement = async (request, response) => {
    let text = ''
    for await (const part of request.setEncoding('utf8')) text += part
    const { Statements, ReturnConsumedCapacity } = JSON.parse(text)
    const ConsumedCapacity = []
    const Responses = await Promise.all(Statements.map(statement => insert(ReturnConsumedCapacity, statement)
      .then(units => { if (units) ConsumedCapacity.push(units); return {} }, error => ({ Error: failure(error) }))))
    response.setHeader('Content-Type', 'application/x-amz-json-1.0')
    response.end(JSON.stringify({ Responses, ConsumedCapacity }))
  }
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
