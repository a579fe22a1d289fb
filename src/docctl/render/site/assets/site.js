"use strict";
// Makes the register sortable and searchable, tells the day, and lights up the map.
// Without it every page is whole: lists, links and texts need no script.
(() => {
  const day = document.documentElement.dataset.published;
  for (const one of document.querySelectorAll("[data-published]:not(html)")) {
    const time = one.querySelector("time");
    time.dateTime = time.textContent = day;
    one.hidden = !day;
  }

  // --- the register -------------------------------------------------------------------------

  const table = document.getElementById("register");
  const form = document.querySelector(".finder");
  if (table && form) register(table, form);

  function register(table, form) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row, at) => ({
      row, at, number: row.id, title: row.cells[1],
      name: fold(row.id + " " + row.cells[1].textContent),
      score: 0,
    }));
    const texts = new Map();
    const words = form.querySelector("#words");
    const count = form.querySelector(".count");
    const all = form.querySelector("button");
    const nothing = document.querySelector(".nothing");
    const selects = Array.from(form.querySelectorAll("select"));
    const sorted = { column: 0, down: false };
    let loading = null, trouble = "", waiting = 0;

    form.hidden = false;
    Array.from(table.tHead.rows[0].cells, (cell, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = cell.textContent;
      button.addEventListener("click", () => {
        sorted.down = sorted.column === column && !sorted.down;
        sorted.column = column;
        sort();
      });
      cell.replaceChildren(button);
    });
    mark();

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { show(); words.focus(); }));
    words.addEventListener("focus", load);
    words.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { load(); show(); }, 120);
    });
    for (const one of selects) one.addEventListener("change", show);
    if (words.value || selects.some((one) => one.value)) { load(); show(); } else tell(rows.length);

    function mark() {
      Array.from(table.tHead.rows[0].cells, (cell, at) => {
        if (at === sorted.column) cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
        else cell.removeAttribute("aria-sort");
      });
    }

    function sort() {
      const { column, down } = sorted;
      const order = new Intl.Collator(undefined, { numeric: true }).compare;
      const keys = new Map(rows.map((one) => [one, key(one, column)]));
      const found = rows.slice().sort((a, b) => {
        const [x, y] = [keys.get(a), keys.get(b)];
        if (!x || !y) return x ? -1 : y ? 1 : a.at - b.at;  // what says nothing comes last
        return (down ? order(y, x) : order(x, y)) || a.at - b.at;
      });
      if (column === 0) found.sort((a, b) => (down ? b.at - a.at : a.at - b.at));
      body.append(...found.map((one) => one.row));
      mark();
    }

    function key(one, column) {
      const cell = one.row.cells[column];
      return column === 1 ? cell.firstElementChild.textContent : cell.textContent.trim();
    }

    // Texts are fetched when somebody first searches, from scripts: a page on a disk may read no other file.
    function load() {
      if (loading) return;
      const packed = [];
      window.docctlTexts = (one) => packed.push(one);
      const names = form.dataset.shards.split(" ").filter(Boolean);
      loading = Promise.all(names.map(script)).then(() => Promise.all(packed.map(unpacked))).then((found) => {
        for (const one of found) {
          for (const [number, said] of Object.entries(one)) texts.set(number, { said, folded: fold(said) });
        }
      }).catch(() => { trouble = " The texts could not be read: only titles were searched."; })
        .then(() => { loading = true; form.dataset.searched = ""; show(); });
    }

    function show() {
      const asked = patterns(words.value);
      const wanted = selects.map((one) => [one.dataset.by, one.value]).filter(([, value]) => value);
      let shown = 0;
      for (const one of rows) {
        const fits = wanted.every(([by, value]) => one.row.dataset[by].split(" ").includes(value));
        one.row.hidden = !(fits && found(one, asked));
        if (!one.row.hidden) shown += 1;
      }
      tell(shown, asked.length);
    }

    function found(one, asked) {
      one.title.querySelector(".excerpt")?.remove();
      if (!asked.length) return true;
      const text = texts.get(one.number);
      let first = -1, length = 0;
      for (const pattern of asked) {
        if (pattern.test(one.name)) continue;
        const hit = text && pattern.exec(text.folded);
        if (!hit) return false;
        if (first < 0) { first = hit.index; length = hit[0].length; }
      }
      if (first >= 0) one.title.append(excerpt(text.said, first, length));
      return true;
    }

    function tell(shown, asked) {
      const every = rows.length;
      const still = asked && loading && loading !== true ? " Reading the texts …" : "";
      count.textContent = (shown === every ? `${every} document${every === 1 ? "" : "s"}.`
        : `${shown} of ${every} documents.`) + still + (asked ? trouble : "");
      nothing.hidden = shown > 0;
      table.hidden = !shown;
      all.hidden = !words.value && selects.every((one) => !one.value);
    }
  }

  function script(name) {
    return new Promise((done, failed) => {
      const one = document.createElement("script");
      one.src = "search/" + encodeURIComponent(name) + ".js";
      one.addEventListener("load", done);
      one.addEventListener("error", failed);
      document.head.append(one);
    });
  }

  async function unpacked(packed) {
    const bytes = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  // --- words --------------------------------------------------------------------------------

  // As many characters as there were, so that a place in one is the same place in the other.
  function fold(text) {
    const low = text.toLowerCase();
    const same = low.length === text.length ? low : text;
    return same.replace(/[^\x00-\x7f]/g, (one) => one.normalize("NFKD")[0].toLowerCase()[0]);
  }

  function patterns(asked) {
    const parts = asked.match(/"[^"]+"|[^\s"]+/g) || [];
    return parts.slice(0, 32).map((part) => {
      const plain = fold(part.replace(/"/g, "").trim()).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+");
      return plain && new RegExp(/^[\p{L}\p{N}]/u.test(plain) && !/^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(plain)
        ? `(?<![\\p{L}\\p{N}])${plain}` : plain, "u");
    }).filter(Boolean);
  }

  function excerpt(said, at, length) {
    const from = at > 60 ? said.indexOf(" ", at - 60) + 1 : 0;
    const begin = from > at ? at : from;
    const line = document.createElement("small");
    line.className = "excerpt";
    const hit = document.createElement("mark");
    hit.textContent = said.slice(at, at + length);
    line.append(begin ? "… " : "", said.slice(begin, at), hit, said.slice(at + length, at + 110), at + 110 < said.length ? " …" : "");
    return line;
  }

  // --- the map ------------------------------------------------------------------------------

  const picture = document.querySelector(".map svg");
  if (picture) {
    const nodes = new Map(Array.from(picture.querySelectorAll(".node"), (one) => [one.dataset.number, one]));
    const edges = Array.from(picture.querySelectorAll(".edges path"));
    const pick = (number) => {
      picture.classList.toggle("picked", Boolean(number));
      for (const one of nodes.values()) one.classList.remove("on");
      for (const edge of edges) {
        const on = number && (edge.dataset.from === number || edge.dataset.to === number);
        edge.classList.toggle("on", Boolean(on));
        if (on) for (const end of [edge.dataset.from, edge.dataset.to]) nodes.get(end)?.classList.add("on");
      }
    };
    for (const [number, node] of nodes) {
      for (const name of ["mouseenter", "focus"]) node.addEventListener(name, () => pick(number));
      for (const name of ["mouseleave", "blur"]) node.addEventListener(name, () => pick(""));
    }
  }
})();
