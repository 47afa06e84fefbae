// In place of @redocly/openapi-core, with which Redoc joins documents of several files: this one is a single file.

export class Config {
  resolve = { http: {} };
}

export async function bundle({ doc }: { doc: { parsed: object } }): Promise<{ bundle: { parsed: object } }> {
  return { bundle: { parsed: doc.parsed } };
}
