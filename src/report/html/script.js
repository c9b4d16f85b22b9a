'use strict';
// Filters, search, keys and links over a page that is whole without them. The state stands behind
// the # of the address, so that a link leads to what was seen: a finding's anchor alone where no
// filter holds, else `at=…&status=…&rule=…&topic=…&article=…&q=…`.
(() => {
  const all = (query, from = document) => Array.from(from.querySelectorAll(query));
  const one = (query, from = document) => from.querySelector(query);
  const tools = one('#tools');
  const search = one('#q');
  const shown = one('#shown');
  const help = one('#help');
  const cards = all('.card');
  const lines = all('.findings > li');
  const stories = all('.story, .index > li');
  const selects = tools ? all('select', tools) : [];
  const buttons = tools ? all('button[data-status]', tools) : [];
  const words = new WeakMap();
  let state = { at: '', status: new Set(), q: '' };

  // What the address says

  function read() {
    const hash = decodeURIComponent(location.hash.slice(1));
    const next = { at: '', status: new Set(), q: '' };
    if (!hash.includes('=')) {
      next.at = hash;
      return next;
    }
    const named = new URLSearchParams(location.hash.slice(1));
    next.at = named.get('at') || '';
    next.q = named.get('q') || '';
    next.status = new Set((named.get('status') || '').split(',').filter(Boolean));
    for (const select of selects) next[select.name] = named.get(select.name) || '';
    return next;
  }

  function write() {
    const named = new URLSearchParams();
    if (state.at) named.set('at', state.at);
    if (state.status.size) named.set('status', [...state.status].join(','));
    for (const select of selects) if (state[select.name]) named.set(select.name, state[select.name]);
    if (state.q) named.set('q', state.q);
    const only = [...named.keys()].every((name) => name === 'at');
    const hash = only ? state.at : named.toString();
    if (location.hash.slice(1) !== hash) history.replaceState(null, '', hash ? `#${hash}` : '#');
  }

  // Filters

  function text(element) {
    if (!words.has(element)) words.set(element, element.textContent.toLowerCase());
    return words.get(element);
  }

  function fits(element, article) {
    const data = element.dataset;
    const has = (names, name) => (names || '').split(' ').includes(name);
    const inArticle = data.a !== undefined ? data.a : article;
    return (!state.status.size || [...state.status].some((status) => has(data.s, status)))
      && (!state.rule || has(data.r, state.rule))
      && (!state.topic || has(data.i, state.topic))
      && (!state.article || inArticle === state.article)
      && (!state.q || text(element).includes(state.q.toLowerCase()));
  }

  const isFiltered = () => Boolean(state.status.size || state.q
    || selects.some((select) => state[select.name]));

  function filter() {
    const on = isFiltered();
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(state.status.has(button.dataset.status)));
    }
    for (const select of selects) select.value = state[select.name] || '';
    if (search && search.value !== state.q) search.value = state.q;
    for (const line of lines) line.classList.toggle('away', on && !fits(line));
    for (const list of all('.findings')) {
      const empty = on && !one('li:not(.away)', list);
      if (list.previousElementSibling) list.previousElementSibling.classList.toggle('away', empty);
    }
    let count = 0;
    for (const story of stories) {
      const article = story.dataset.a;
      const own = all('.card', story);
      let any = false;
      // A paragraph that has the words shows all its cards, unless some of them have the words.
      const named = new Set(state.q
        ? own.filter((card) => fits(card, article)).map((card) => card.closest('.row')) : []);
      for (const card of own) {
        const row = card.closest('.row');
        const fit = !on || fits(card, article) || (state.q && !named.has(row) && fits(row, article)
          && !state.status.size && !state.rule && !state.topic);
        card.classList.toggle('away', !fit);
        any = any || fit;
        count += fit ? 1 : 0;
      }
      const bare = !state.status.size && !state.rule && !state.topic;
      const self = (bare || story.dataset.s !== undefined) && fits(story, article);
      story.classList.toggle('away', on && !any && !self && stories.length > 1);
      count += own.length === 0 && self ? 1 : 0;
    }
    if (shown) shown.textContent = on ? `${count} shown` : '';
  }

  function change(named) {
    state = { ...state, ...named };
    filter();
    write();
  }

  // Findings and numbers

  function reveal(id) {
    for (const marked of all('.on')) marked.classList.remove('on');
    const target = id && document.getElementById(id);
    if (!target) return null;
    for (let up = target; up; up = up.parentElement) {
      if (up.tagName === 'DETAILS') up.open = true;
      up.classList.remove('away');
    }
    const card = target.closest('.card');
    if (card) {
      card.classList.add('on');
      const body = one('.in', card);
      for (const mark of all('a.n', card.closest('.row'))) {
        mark.classList.toggle('on', body && mark.hash === `#${body.id}`);
      }
    }
    for (const point of all(`a[data-of="${CSS.escape(id)}"]`)) point.classList.add('on');
    for (const line of lines) line.classList.toggle('on', one('a', line).hash === `#${id}`);
    return card || target;
  }

  function go(id, focus) {
    const place = reveal(id);
    if (!place) return;
    // The paragraph and the card together, where both fit.
    const row = place.closest('.row') || place;
    const apart = place.getBoundingClientRect().top - row.getBoundingClientRect().top;
    (apart < innerHeight / 2 ? row : place).scrollIntoView({ block: 'start' });
    const summary = place.matches('details') ? one('summary', place) : null;
    if (focus && summary) summary.focus({ preventScroll: true });
    change({ at: id });
  }

  function step(by) {
    const seen = lines.filter((line) => !line.classList.contains('away'));
    if (!seen.length) return;
    const now = seen.findIndex((line) => line.classList.contains('on'));
    const next = now < 0 ? (by > 0 ? 0 : seen.length - 1) : now + by;
    const line = seen[Math.min(Math.max(next, 0), seen.length - 1)];
    const link = one('a', line);
    if (link.getAttribute('href').startsWith('#')) {
      go(link.hash.slice(1), true);
    } else {
      for (const other of lines) other.classList.toggle('on', other === line);
      link.focus();
    }
  }

  function turn(by) {
    const page = one(by > 0 ? 'a[rel~="next"]' : 'a[rel~="prev"]');
    if (page) {
      page.click();
      return;
    }
    const seen = stories.filter((story) => !story.classList.contains('away'));
    if (!seen.length) return;
    const now = seen.findIndex((story) => story.classList.contains('now'));
    const next = now < 0 ? (by > 0 ? 0 : seen.length - 1) : now + by;
    const story = seen[Math.min(Math.max(next, 0), seen.length - 1)];
    for (const other of stories) other.classList.toggle('now', other === story);
    if (story.tagName === 'DETAILS') story.open = true;
    story.scrollIntoView({ block: 'start' });
    const handle = one('summary, a', story);
    if (handle) handle.focus({ preventScroll: true });
  }

  function unfold() {
    const seen = cards.filter((card) => !card.classList.contains('away'));
    const open = seen.some((card) => !card.open);
    for (const card of seen) card.open = open;
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    ']': () => turn(1),
    '[': () => turn(-1),
    '/': () => search && search.focus(),
    e: unfold,
    u: () => { const up = one('a[rel~="up"]'); if (up) up.click(); },
    '?': () => help && help.showModal(),
    Escape: () => {
      if (document.activeElement === search) search.blur();
      const none = { status: new Set(), q: '' };
      for (const select of selects) none[select.name] = '';
      change(none);
    },
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (help && help.open)) return;
    const typing = event.target.matches('input, select, textarea');
    if (typing && event.key !== 'Escape') return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const id = link.getAttribute('href').slice(1);
    if (!document.getElementById(id)) return;
    event.preventDefault();
    if (link.matches('.n')) {
      const card = reveal(id);
      if (card) card.scrollIntoView({ block: 'nearest' });
      change({ at: id });
    } else {
      go(id, true);
    }
  });

  if (tools) {
    tools.hidden = false;
    tools.addEventListener('submit', (event) => event.preventDefault());
    for (const button of buttons) {
      button.addEventListener('click', () => {
        const status = new Set(state.status);
        if (!status.delete(button.dataset.status)) status.add(button.dataset.status);
        change({ status });
      });
    }
    for (const select of selects) {
      select.addEventListener('change', () => change({ [select.name]: select.value }));
    }
    search.addEventListener('input', () => change({ q: search.value.trim() }));
    one('#help-button').addEventListener('click', keys['?']);
  }

  // Paper shows everything, and the page is as it was when it is printed.

  let folded = [];
  window.addEventListener('beforeprint', () => {
    folded = all('details:not([open])');
    for (const details of folded) details.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
    folded = [];
  });

  function arrive() {
    state = { ...state, ...read() };
    filter();
    if (state.at) go(state.at, false);
  }
  window.addEventListener('hashchange', arrive);
  arrive();
})();
