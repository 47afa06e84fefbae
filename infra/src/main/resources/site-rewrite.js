// A CloudFront function: an address of a folder is that of the folder's index.html, as on the local cloud.
function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (last === '') {
    request.uri += 'index.html';
  } else if (last.indexOf('.') < 0) {
    request.uri += '/index.html';
  }
  return request;
}
