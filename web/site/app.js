import * as api from './api.js';

const COUNT = 10;
const PAGE = 12;
const SOURCES = {
  'co-occurrence': 'Users like you',
  'next-item': 'Often read next',
  similar: 'Similar to this article',
  content: 'Similar content',
  trending: 'Trending',
  popularity: 'Popular',
  new: 'New',
  country: 'In your country',
  device: 'On your device',
  followed: 'What you follow',
  factors: 'Shared preferences',
  catalogue: 'From the catalogue',
};
const EVENT_NOUNS = { view: 'view', click: 'click', scroll: 'scrolling', dwell: 'reading', submit: 'form' };
const EVENT_VERBS = {
  view: 'opened', click: 'opened', scroll: 'scrolled through', dwell: 'read', play: 'played', share: 'shared', like: 'liked',
  bookmark: 'saved', comment: 'commented on', follow: 'followed', purchase: 'bought', rating: 'rated', submit: 'filled in',
};

const $ = (id) => document.getElementById(id);
const articles = new Map();
const read = new Set();
const unfolded = new Set();
let list = [];
let exposure = '';
let section = '';
let shownArticles = PAGE;
let open = '';
let openedAt = 0;

start();

async function start() {
  $('edition').textContent = new Date().toLocaleDateString(undefined, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
  try {
    const paper = await api.newspaper();
    paper.articles.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
    paper.articles.forEach((article) => articles.set(article.itemId, article));
  } catch {
    $('articles').replaceChildren(element('p', 'why', 'There is no newspaper here yet; ./freshet demo publishes one.'));
  }
  drawSections();
  drawArticles();
  show(await api.recommend(COUNT));
  drawTrending();
  setInterval(drawTrending, 5000);
}

$('more').onclick = () => {
  shownArticles += PAGE;
  drawArticles();
};

$('forget').onclick = async () => {
  api.newVisitor();
  read.clear();
  list = [];
  drawArticles();
  report('You are a new visitor without any history.');
  show(await api.recommend(COUNT));
};

$('article').addEventListener('click', (event) => {
  const action = event.target.dataset && event.target.dataset.action;
  if (action === 'close' || event.target === $('article')) {
    $('article').close();
  } else if (action) {
    follow(action, open);
    if (action === 'hide') {
      $('article').close();
    }
  }
});

$('article').addEventListener('close', () => {
  const seconds = Math.round((performance.now() - openedAt) / 1000);
  if (seconds >= 2) {
    follow('dwell', open, { value: seconds });
  }
});

function openArticle(id, fromList) {
  const article = articles.get(id);
  read.add(id);
  follow('click', id, fromList ? { exposure } : {});
  if (article) {
    open = id;
    openedAt = performance.now();
    $('article-kicker').textContent = article.section;
    $('article-title').textContent = article.title;
    $('article-byline').textContent = article.author + ' · ' + ago(article.publishedAt);
    $('article-text').textContent = article.text;
    $('article').showModal();
  }
  drawArticles();
}

/** Sends an event, waits until the recommendations reflect it, and reports how the list changed. */
async function follow(type, id, fields) {
  try {
    const eventId = await api.send(type, { ...api.item(id), ...fields });
    const accepted = performance.now();
    const { answer, reflected } = await api.recommendReflecting(eventId, COUNT);
    const ms = Math.round(performance.now() - accepted);
    const before = list.map((item) => item.itemId);
    show(answer);
    report(reflected ? changes(before, type, ms) : 'Your ' + type + ' was accepted, but is not reflected yet.');
  } catch (problem) {
    report(problem.message);
  }
}

function changes(before, type, ms) {
  const after = list.map((item) => item.itemId);
  const added = after.filter((id) => !before.includes(id)).length;
  const moved = after.filter((id, i) => before.includes(id) && before.indexOf(id) !== i).length;
  const what = added + moved === 0 ? 'no change' : [added && added + ' new', moved && moved + ' moved'].filter(Boolean).join(', ');
  return 'Your ' + type + ' counted after ' + ms + ' ms: ' + what + '.';
}

function report(text) {
  const parts = text.split(/(\d+ ms)/);
  $('change').replaceChildren(...parts.map((part) => (/^\d+ ms$/.test(part) ? element('strong', '', part) : part)));
}

function show(answer) {
  const before = new Map(list.map((item, i) => [item.itemId, i]));
  const first = list.length === 0;
  list = answer.items;
  exposure = answer.exposure;
  $('recommended').replaceChildren(...list.map((item, i) => line(item, i, first ? i : before.get(item.itemId))));
  const known = answer.reflects ? answer.reflects.events : 0;
  $('model').textContent =
    'Model version ' + answer.model.version + ' · reflects ' + known + (known === 1 ? ' event' : ' events') + ' of yours' +
    (answer.degraded ? ' · degraded: ' + answer.degradedReasons.join(', ') : '');
  if (list.length) {
    api.send('impression', { items: list.map((item) => item.itemId), exposure }).catch((problem) => report(problem.message));
  }
}

function line(item, now, before) {
  const li = element('li', before === undefined ? 'fresh' : '');
  const rank = element('span', 'rank', String(now + 1));
  if (before === undefined) {
    rank.append(element('span', 'moved new', 'new'));
  } else if (before !== now) {
    rank.append(element('span', 'moved ' + (before > now ? 'up' : 'down'), (before > now ? '▲ ' : '▼ ') + Math.abs(before - now)));
  }
  const shares = element('div', 'shares');
  shares.setAttribute('role', 'img');
  shares.setAttribute('aria-label', item.reasons.map((reason) => sourceName(reason.source) + ' ' + percent(reason.share)).join(', '));
  shares.append(...item.reasons.map((reason) => bar(reason.share, reason.source)));
  const why = item.reasons.slice(0, 2).map((reason) => reason.text).join(' · ');
  li.append(rank, titleButton(item.itemId, item.title, true), element('p', 'why', why), shares, explanation(item));
  return li;
}

/** Returns a disclosure with the contribution of each source, and of the user's own events, to the item's rank. */
function explanation(item) {
  const attributions = item.movedBy || [];
  const details = element('details', 'explanation');
  details.open = unfolded.has(item.itemId);
  details.ontoggle = () => (details.open ? unfolded.add(item.itemId) : unfolded.delete(item.itemId));
  const summary = element('summary', '', attributions.length ? 'Your ' : 'Contributions');
  if (attributions.length) {
    const named = item.reasons.slice(0, 2).some((reason) => reason.because === attributions[0].itemId);
    summary.append(
      element('b', '', EVENT_NOUNS[attributions[0].type] || attributions[0].type), named ? '' : ' of ' + titleOf(attributions[0]), ' contributed most, ', element('b', '', percent(attributions[0].part)));
  }
  const most = Math.max(...item.reasons.map((reason) => reason.contribution), 0.01);
  details.append(summary, element('h3', '', 'Contribution of each source, in log odds'), rows(item.reasons.map((reason) => ({
    label: sourceName(reason.source), part: reason.contribution / most, source: reason.source, figure: '+' + reason.contribution.toFixed(2),
  }))));
  if (attributions.length) {
    details.append(element('h3', '', 'Contribution of your events'), rows(attributions.map((event) => ({
      label: (EVENT_VERBS[event.type] || event.type) + ' ' + titleOf(event) + ', ' + ago(event.at), part: event.part, source: 'own', figure: percent(event.part),
    }))));
  }
  return details;
}

function rows(lines) {
  const list = element('div', 'rows');
  lines.forEach((line) => {
    const track = element('span', 'track');
    track.append(bar(line.part, line.source));
    list.append(element('span', 'label', line.label), track, element('span', 'figure', line.figure));
  });
  return list;
}

function bar(part, source) {
  const span = element('span', 'bar');
  span.dataset.source = source;
  span.style.width = 100 * part + '%';
  return span;
}

function titleOf(event) {
  const article = articles.get(event.itemId);
  return article ? article.title : event.itemId || event.target.id;
}

const sourceName = (source) => SOURCES[source] || source;
const percent = (part) => Math.round(100 * part) + ' %';

function titleButton(id, title, fromList) {
  const article = articles.get(id);
  const button = element('button', 'title', title || (article ? article.title : id));
  button.onclick = () => openArticle(id, fromList);
  return button;
}

async function drawTrending() {
  try {
    const answer = await api.trending(5);
    $('trending').replaceChildren(...answer.items.map((item) => {
      const li = element('li');
      li.append(titleButton(item.itemId, item.title, false));
      return li;
    }));
  } catch (problem) {
    $('trending').replaceChildren(element('li', 'why', problem.message));
  }
}

function drawSections() {
  const names = [...new Set([...articles.values()].map((article) => article.section))].sort();
  $('sections').replaceChildren(...['', ...names].map((name) => {
    const button = element('button', '', name || 'Everything');
    button.setAttribute('aria-pressed', String(name === section));
    button.onclick = () => {
      section = name;
      shownArticles = PAGE;
      drawSections();
      drawArticles();
    };
    return button;
  }));
}

function drawArticles() {
  const some = [...articles.values()].filter((article) => !section || article.section === section);
  if (articles.size) {
    $('articles').replaceChildren(...some.slice(0, shownArticles).map(card));
  }
  $('more').hidden = some.length <= shownArticles;
}

function card(article) {
  const button = element('button', 'article' + (read.has(article.itemId) ? ' read' : ''));
  button.append(
    element('span', 'kicker', article.section),
    element('h3', '', article.title),
    element('p', '', article.text),
    element('span', 'why', ago(article.publishedAt)));
  button.onclick = () => openArticle(article.itemId, false);
  return button;
}

function ago(time) {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 60000));
  const hours = Math.round(minutes / 60);
  return minutes < 2 ? 'just now' : minutes < 60 ? minutes + ' min ago' : hours < 36 ? hours + ' h ago' : Math.round(hours / 24) + ' days ago';
}

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) {
    node.className = className;
  }
  if (text) {
    node.textContent = text;
  }
  return node;
}
