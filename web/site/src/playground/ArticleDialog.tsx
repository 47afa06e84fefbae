import { useEffect, useRef } from 'preact/hooks';
import { ago } from '../format';
import type { Article } from './newspaper';

export type ReaderAction = 'like' | 'bookmark' | 'hide';

interface Props {
  article: Article | undefined;
  onAction: (action: ReaderAction) => void;
  /** Called when the article was closed, with the seconds for which it was open. */
  onClose: (seconds: number) => void;
}

/** The article that is being read. Closing it gives the focus back to where it was opened. */
export function ArticleDialog({ article, onAction, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const openedAt = useRef(0);

  useEffect(() => {
    if (article !== undefined && dialog.current?.open === false) {
      openedAt.current = performance.now();
      dialog.current.showModal();
    }
  }, [article]);

  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="article"
      aria-labelledby="article-title"
      onClose={() => onClose(Math.round((performance.now() - openedAt.current) / 1000))}
      onClick={(event) => event.target === dialog.current && close()}
    >
      {article !== undefined && (
        <article>
          <p class="kicker">{article.section}</p>
          <h2 id="article-title">{article.title}</h2>
          <p class="soft small">{article.author} · {ago(article.publishedAt)}</p>
          <p class="text">{article.text}</p>
          <div class="row">
            <button onClick={() => onAction('like')}>Like</button>
            <button onClick={() => onAction('bookmark')}>Bookmark</button>
            <button onClick={() => { onAction('hide'); close(); }}>Less of this</button>
            <button class="primary last" onClick={close}>Close</button>
          </div>
        </article>
      )}
    </dialog>
  );
}
