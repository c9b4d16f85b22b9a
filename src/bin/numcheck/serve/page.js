'use strict';
// The text on one side, what is said of it on the other. The server keeps nothing: the text and the
// decisions are here, and in this tab's memory if it is loaded again.
(() => {
  const one = (id) => document.getElementById(id);
  const text = one('text');
  const date = one('date');
  const format = one('format');
  const tally = one('tally');
  const result = one('result');
  const findings = one('findings');
  const decided = new Map();
  let name = '';
  let review = null;
  let at = -1;
  let asked = 0;
  let timer = 0;

  // Asking

  const question = () => ({
    text: text.value,
    date: date.value,
    format: format.value,
    name,
    decided: [...decided.values()],
  });

  async function ask(path, body) {
    const response = await fetch(path, body === undefined ? {} : {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return response;
    const said = await response.json().catch(() => ({}));
    throw new Error(said.error || `the server answered ${response.status}`);
  }

  async function check() {
    const turn = ++asked;
    remember();
    if (!text.value.trim()) {
      review = null;
      result.replaceChildren();
      findings.replaceChildren();
      tally.textContent = 'Nothing is checked yet.';
      return;
    }
    tally.classList.add('waiting');
    try {
      const { decided: _, ...plain } = question();
      const answer = await (await ask('/api/page', plain)).json();
      if (turn !== asked) return;
      review = answer.review;
      show(answer.html.join(''));
    } catch (error) {
      if (turn === asked) tally.textContent = error.message;
    } finally {
      if (turn === asked) tally.classList.remove('waiting');
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(check, 150);
  }

  // Showing

  function show(html) {
    const open = new Set([...result.querySelectorAll('details[open] .in')].map((card) => card.id));
    // The piece of page comes from this server, which writes whatever the article says as text.
    result.innerHTML = html;
    for (const card of result.querySelectorAll('.in')) {
      if (open.has(card.id)) card.closest('details').open = true;
      card.append(acts(card.id.replace(/^n-/, '').replace(/-\d+$/, '')));
    }
    list();
    const count = { supported: 0, contradicted: 0, outdated: 0, disputed: 0, unchecked: 0 };
    for (const claim of review.claims) count[claim.status] += 1;
    const parts = Object.entries(count).filter(([, n]) => n).map(([status, n]) =>
      `${n} ${status === 'unchecked' ? 'not checked' : status}`);
    const total = review.claims.length;
    tally.textContent = total
      ? `${total} number${total === 1 ? '' : 's'}: ${parts.join(', ')}`
      : 'No number was found.';
  }

  const ownFindings = () => (review ? review.findings.filter((finding) => finding.article) : []);
  const claimOf = (id) => review && review.claims.find((claim) => claim.id === id);

  function list() {
    const items = ownFindings().map((finding, index) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      const done = decided.get(finding.fingerprint);
      button.textContent = `${finding.severity}: ${finding.message}`;
      button.className = finding.severity + (done ? ' done' : '');
      button.addEventListener('click', () => go(index));
      item.append(button);
      if (done) item.append(` waived: ${done.reason}`);
      return item;
    });
    const ordered = document.createElement('ol');
    ordered.append(...items);
    findings.replaceChildren(...(items.length ? [ordered] : []));
    if (at >= items.length) at = items.length - 1;
  }

  function acts(id) {
    const line = document.createElement('p');
    line.className = 'acts';
    const button = (label, act) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.textContent = label;
      made.addEventListener('click', act);
      line.append(made);
    };
    const finding = ownFindings().find((one) => one.claim === id);
    if (finding) button('Waive', () => waive(finding));
    button('Change the figure', () => change(id, finding));
    const ticked = decided.get(id);
    button(ticked ? `Ticked: ${ticked.reason}` : 'Tick as checked by hand', () => tick(id));
    button('Show it in the text', () => select(claimOf(id).number));
    return line;
  }

  function go(index) {
    const all = ownFindings();
    if (!all.length) return;
    at = Math.min(Math.max(index, 0), all.length - 1);
    for (const marked of result.querySelectorAll('.on')) marked.classList.remove('on');
    const place = document.getElementById(`f-${all[at].fingerprint}`);
    if (place) {
      place.closest('details').open = true;
      place.classList.add('on');
      place.scrollIntoView({ block: 'center' });
    }
    const button = findings.querySelectorAll('button')[at];
    if (button) button.focus({ preventScroll: true });
  }

  // Deciding

  function answer(dialog, then) {
    dialog.returnValue = '';
    dialog.addEventListener('close', () => then(dialog.returnValue), { once: true });
    dialog.showModal();
  }

  function waive(finding) {
    answer(one('waive'), (value) => {
      const reason = value === 'own' ? one('reason').value.trim() : value;
      if (!reason) return;
      decided.set(finding.fingerprint, { action: 'waive', about: finding.fingerprint, reason });
      list();
      remember();
    });
  }

  function tick(id) {
    answer(one('tick'), (value) => {
      if (!value) return;
      decided.set(id, { action: 'tick', about: id, reason: one('source').value.trim() });
      check();
    });
  }

  function change(id, finding) {
    const claim = claimOf(id);
    const sure = finding && finding.suggestion;
    one('figure').value = sure ? sure.replacement : claim.number.text;
    answer(one('fix'), (value) => {
      const figure = one('figure').value.trim();
      if (!value || !figure) return;
      const [start, end] = place(sure ? finding.primary : claim.number);
      text.setRangeText(figure, start, end, 'select');
      check();
    });
  }

  // Places are bytes of UTF-8; a text area counts in units of UTF-16.
  function place(span) {
    const bytes = new TextEncoder().encode(text.value.replace(/\r\n/g, '\n'));
    const units = (to) => new TextDecoder().decode(bytes.subarray(0, to)).length;
    return [units(span.start), units(span.end)];
  }

  function select(span) {
    const [start, end] = place(span);
    text.focus();
    text.setSelectionRange(start, end);
  }

  // Keeping

  function remember() {
    const kept = { text: text.value, date: date.value, name, decided: [...decided] };
    try {
      sessionStorage.setItem('numcheck', JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing is no reason to stop.
    }
  }

  function recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem('numcheck') || 'null');
      if (!kept) return;
      text.value = kept.text;
      date.value = kept.date;
      name = kept.name;
      for (const [about, decision] of kept.decided) decided.set(about, decision);
    } catch {
      // The same.
    }
  }

  function save(file, content, type) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function saveFrom(path, file, type) {
    try {
      save(file, await (await ask(path, question())).text(), type);
    } catch (error) {
      tally.textContent = error.message;
    }
  }

  function take(content, called) {
    text.value = content;
    name = called;
    decided.clear();
    check();
  }

  // Tables

  async function tables() {
    one('tables').showModal();
    const list = one('measures');
    if (list.children.length) return;
    for (const { measure, title, rows } of await (await ask('/api/reference')).json()) {
      const option = document.createElement('option');
      option.value = measure;
      option.label = `${title} (${rows})`;
      list.append(option);
    }
  }

  async function rows() {
    const measure = one('series').value.trim();
    if (!measure) return;
    const table = document.createElement('table');
    try {
      const found = await (await ask(`/api/reference/${encodeURIComponent(measure)}`)).json();
      for (const row of found) {
        const line = table.insertRow();
        const value = row.lower === row.upper ? row.lower : `${row.lower}–${row.upper}`;
        for (const cell of [row.as_of, value, row.publisher, `${row.table}:${row.line}`]) {
          line.insertCell().textContent = cell;
        }
      }
      one('rows').replaceChildren(table);
    } catch (error) {
      one('rows').textContent = error.message;
    }
  }

  // Starting

  text.addEventListener('input', soon);
  for (const field of [date, format]) field.addEventListener('change', check);
  one('series').addEventListener('change', rows);
  one('show-tables').addEventListener('click', tables);
  one('show-help').addEventListener('click', () => one('help').showModal());
  one('save-text').addEventListener('click', () =>
    save(name || 'article.txt', text.value, 'text/plain'));
  one('save-decisions').addEventListener('click', () =>
    saveFrom('/api/decisions', 'numcheck-decisions.toml', 'application/toml'));
  one('save-report').addEventListener('click', () =>
    saveFrom('/api/report', 'report.html', 'text/html'));
  one('open').addEventListener('change', async (event) => {
    const [file] = event.target.files;
    if (file) take(await file.text(), file.name);
  });
  one('file').addEventListener('change', async (event) => {
    const path = event.target.value;
    if (!path) return;
    const names = path.split('/').map(encodeURIComponent).join('/');
    take(await (await ask(`/api/files/${names}`)).text(), path);
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    text.classList.add('dropping');
  });
  document.addEventListener('dragleave', () => text.classList.remove('dropping'));
  document.addEventListener('drop', async (event) => {
    event.preventDefault();
    text.classList.remove('dropping');
    const [file] = event.dataTransfer.files;
    if (file) take(await file.text(), file.name);
    else take(event.dataTransfer.getData('text/plain'), '');
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute('href').slice(1));
    if (!target) return;
    event.preventDefault();
    const card = target.closest('details');
    if (card) card.open = true;
    target.scrollIntoView({ block: 'nearest' });
  });
  document.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
    const finding = ownFindings()[at];
    const act = {
      j: () => go(at + 1),
      k: () => go(at - 1),
      w: () => finding && waive(finding),
      f: () => finding && finding.claim && change(finding.claim, finding),
      t: () => finding && finding.claim && tick(finding.claim),
      '/': () => (document.activeElement === text ? go(Math.max(at, 0)) : text.focus()),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  (async () => {
    const list = await (await ask('/api/files')).json();
    for (const path of list) {
      const option = document.createElement('option');
      option.value = path;
      option.textContent = path;
      one('file').append(option);
    }
    one('folder').hidden = list.length === 0;
  })().catch(() => {});
  recall();
  check();
})();
