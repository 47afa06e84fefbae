import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { collectionOf } from '../src/postman.mjs';
import { operations, published } from '../src/published.mjs';

const source = await readFile(new URL('../../../infra/src/main/resources/openapi.yaml', import.meta.url), 'utf8');
const document = published(source);
const ids = operations(document).map(({ operation }) => operation.operationId);

const requests = (collection) => collection.item.flatMap((folder) => folder.item.map((one) => ({ folder, ...one })));

test('nothing of API Gateway and of the stack is published', () => {
  const text = JSON.stringify(document);
  assert.doesNotMatch(text, /x-amazon-|x-freshet-|CORS preflight|sigv4/);
  assert.ok(ids.length >= 35);
});

test('every operation has a sample in three languages that carries a key and no other', () => {
  for (const { operation } of operations(document)) {
    const samples = operation['x-codeSamples'];
    assert.deepEqual(samples.map((sample) => sample.lang), ['Shell', 'JavaScript', 'Java'], operation.operationId);
    for (const { source: code } of samples) {
      assert.match(code, /FRESHET_KEY/);
      assert.doesNotMatch(code, /f[psiu]k_/);
    }
  }
});

test('an apostrophe and a backslash survive the quoting of a sample', () => {
  const text = 'it\'s a \\ "quote"';
  const one = published(source.replaceAll('placement: home', `placement: ${JSON.stringify(text)}`));
  const [shell, , java] = one.paths['/v1/recommendations'].post['x-codeSamples'];
  assert.ok(shell.source.includes("it'\\''s"), shell.source);
  assert.ok(java.source.includes('\\\\\\\\'), java.source);
});

test('the collection has one request an operation, in the folder of its tag, with the key as a variable', async () => {
  const collection = await collectionOf(document);
  const all = requests(collection);
  const expected = operations(document).map(({ operation }) => `${operation.tags[0]}: ${operation.summary}`);
  assert.deepEqual(all.map((one) => `${one.folder.name}: ${one.name}`).sort(), expected.sort());
  assert.deepEqual(collection.auth.bearer[0].value, '{{freshetKey}}');
  assert.deepEqual(collection.variable.map((one) => one.key), ['baseUrl', 'freshetKey']);
  for (const { name, request } of all) {
    assert.equal(request.auth ?? null, null, `${name} has a credential of its own`);
    assert.deepEqual(request.url.host, ['{{baseUrl}}'], name);
    for (const header of request.header) {
      assert.ok(header.disabled || !/^<?string>?$/.test(header.value), `${name} sends the placeholder of ${header.key}`);
    }
    for (const query of request.url.query ?? []) {
      assert.ok(query.disabled || !/^<?(string|integer|number|boolean)>?$/.test(query.value), `${name}: ${query.key}`);
    }
  }
});

test('the collection of a document is the same twice', async () => {
  assert.equal(JSON.stringify(await collectionOf(document)), JSON.stringify(await collectionOf(document)));
});

test('a request of the collection sends what the document shows', async () => {
  const list = requests(await collectionOf(document)).find((one) => one.name === 'Recommend items to a user');
  assert.deepEqual(
    JSON.parse(list.request.body.raw),
    document.paths['/v1/recommendations'].post.requestBody.content['application/json'].example,
  );
});
