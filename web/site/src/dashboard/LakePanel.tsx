import type { Api } from '../api';
import { Empty } from '../design/states';
import { ago, plural } from '../format';
import type { LakeAnswer, LakeQueries } from './answers';
import { Figure, Loaded } from './Figure';
import { Link } from './location';
import { usePolled } from './polled';

/** The lake is settled once a day. */
const EVERY_MS = 300_000;

/** Rows that the page has room for at first. */
const MAX_ROWS = 100;

interface Props {
  api: Api;
  /** The name of the query whose answer is shown. */
  asked: string | undefined;
}

/** What the lake is asked each night, and one of its answers. */
export function LakePanel({ api, asked }: Props) {
  const list = usePolled<LakeQueries>(api, '/v1/insights/lake', EVERY_MS);
  const lake = list.value?.lake === true;
  const query = list.value?.queries.find(({ name }) => name === asked);
  return (
    <>
    <section class="panel" aria-labelledby="lake-title">
      <h2 id="lake-title">What the history says</h2>
      <p class="soft small">Questions to the lake about the last 28 days, asked each night after it was settled.</p>
      <Loaded of={list} what="The questions to the lake">
        {({ queries }) => lake
          ? (
            <ul class="questions">
              {queries.map(({ name, question }) => (
                <li key={name}>
                  <Link to={{ lake: name === asked ? undefined : name }} current={name === asked ? 'true' : undefined}>{question}</Link>
                </li>
              ))}
            </ul>
          )
          : <Empty>This stack keeps no lake. The option <code>lake=true</code> makes one.</Empty>}
      </Loaded>
    </section>
    {lake && query !== undefined && <Answer key={query.name} api={api} name={query.name} />}
    </>
  );
}

function Answer({ api, name }: { api: Api; name: string }) {
  const path = `/v1/insights/lake/${name}`;
  const answer = usePolled<LakeAnswer>(api, path, EVERY_MS);
  return (
    <Loaded of={answer} what="The answer">
      {({ question, askedAt, columns, rows, whole }) => (
        <Figure
          title={question} caption={`${plural(rows.length, 'row')}${whole ? '' : ', the first of more'}; asked ${ago(askedAt)}.`} file={[{ name: `lake-${name}`, path }]} brief={{ columns: columns.map((_, at) => at), most: MAX_ROWS }}
          table={{ head: columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) }} empty={rows.length === 0 && 'No rows.'}
        />
      )}
    </Loaded>
  );
}
