// Samples of each operation in three languages, made of the examples of the document. CodeSamplesTest runs every one.
import { resolved } from './published.mjs';

/** Returns the samples of an operation as x-codeSamples. */
export function samplesOf(document, path, method, item, operation) {
  const call = {
    method: method.toUpperCase(),
    target: target(document, path, item, operation),
    body: body(document, operation),
    name: operation.operationId,
    answer: Object.entries(operation.responses).some(
      ([status, response]) => status.startsWith('2') && resolved(document, response).content,
    ),
  };
  return [
    { lang: 'Shell', label: 'curl', source: curl(call) },
    { lang: 'JavaScript', label: 'JavaScript', source: javaScript(call) },
    { lang: 'Java', label: 'Java', source: java(call) },
  ];
}

/** The path and query that the examples of the parameters make. */
function target(document, path, item, operation) {
  let filled = path;
  const query = [];
  for (const reference of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = resolved(document, reference);
    const example = parameter.example ?? parameter.content?.['application/json']?.example;
    if (example === undefined) {
      continue;
    }
    const value = encodeURIComponent(typeof example === 'object' ? JSON.stringify(example) : example);
    if (parameter.in === 'path') {
      filled = filled.replace(`{${parameter.name}}`, value);
    } else if (parameter.in === 'query') {
      query.push(`${parameter.name}=${value}`);
    }
  }
  if (filled.includes('{')) {
    throw new Error(`${operation.operationId}: a parameter of the path has no example`);
  }
  return filled + (query.length ? `?${query.join('&')}` : '');
}

function body(document, operation) {
  const content = resolved(document, operation.requestBody)?.content;
  return content && Object.values(content)[0].example;
}

function curl({ method, target, body }) {
  const lines = [`curl --fail-with-body "$FRESHET_URL${target}"`];
  if (method !== (body ? 'POST' : 'GET')) {
    lines[0] = lines[0].replace('curl', `curl --request ${method}`);
  }
  lines.push(`  --header "Authorization: Bearer $FRESHET_KEY"`);
  if (body) {
    lines.push(`  --header 'Content-Type: application/json'`);
    lines.push(`  --data '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n');
}

function javaScript({ method, target, body, answer }) {
  const lines = ['const response = await fetch(`${process.env.FRESHET_URL}' + target + '`, {'];
  if (method !== 'GET') {
    lines.push(`  method: '${method}',`);
  }
  if (body) {
    lines.push('  headers: {');
    lines.push('    Authorization: `Bearer ${process.env.FRESHET_KEY}`,');
    lines.push(`    'Content-Type': 'application/json',`);
    lines.push('  },');
    lines.push(`  body: JSON.stringify(${indented(JSON.stringify(body, null, 2), '  ')}),`);
  } else {
    lines.push('  headers: { Authorization: `Bearer ${process.env.FRESHET_KEY}` },');
  }
  lines.push('});');
  lines.push('if (!response.ok) {');
  lines.push('  throw new Error(`${response.status}: ${await response.text()}`);');
  lines.push('}');
  lines.push(answer ? 'console.log(await response.json());' : 'console.log(response.status);');
  return lines.join('\n');
}

function java({ method, target, body, name }) {
  const type = name[0].toUpperCase() + name.slice(1);
  const lines = [
    'import java.net.URI;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    '',
    `public class ${type} {`,
    '    public static void main(String[] args) throws Exception {',
  ];
  if (body) {
    lines.push('        String body =');
    lines.push('            """');
    const text = JSON.stringify(body, null, 2).replaceAll('\\', '\\\\');
    lines.push(`            ${indented(text, '            ')}""";`);
  }
  lines.push('        HttpRequest request =');
  lines.push(`            HttpRequest.newBuilder(URI.create(System.getenv("FRESHET_URL") + "${target}"))`);
  lines.push('                .header("Authorization", "Bearer " + System.getenv("FRESHET_KEY"))');
  if (body) {
    lines.push('                .header("Content-Type", "application/json")');
  }
  const publisher = body ? 'HttpRequest.BodyPublishers.ofString(body)' : 'HttpRequest.BodyPublishers.noBody()';
  if (method !== 'GET') {
    lines.push(`                .method("${method}", ${publisher})`);
  }
  lines.push(
    '                .build();',
    '        HttpResponse<String> response =',
    '            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());',
    '        if (response.statusCode() >= 300) {',
    '            throw new IllegalStateException(response.statusCode() + ": " + response.body());',
    '        }',
    '        System.out.println(response.body());',
    '    }',
    '}',
  );
  return lines.join('\n');
}

function indented(text, by) {
  return text.replaceAll('\n', `\n${by}`);
}
