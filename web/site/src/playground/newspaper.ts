// The newspaper of the demo, which is served beside the API and needs no key.

export interface Article {
  itemId: string;
  title: string;
  text: string;
  section: string;
  author: string;
  publishedAt: string;
}

/** Returns the articles, newest first; none where there is no newspaper. */
export async function newspaper(): Promise<Article[]> {
  const response = await fetch('/_freshet/newspaper').catch(() => undefined);
  if (!response?.ok) {
    return [];
  }
  const { articles } = (await response.json()) as { articles: Article[] };
  return articles.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
}
