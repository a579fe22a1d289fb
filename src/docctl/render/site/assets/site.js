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

  // Accents and points above and below letters, which nobody has to type.
  const MARKS = "\\u0300-\\u036f\\u0591-\\u05bd\\u05bf-\\u05c7\\u0640\\u064b-\\u0652\\u0670";
  const UNTYPED = new RegExp(`[${MARKS}\u00ad\u200b-\u200f\u2060\ufeff]`, "g");
  // Letters that a mark makes other ones, and scripts without spaces between words.
  const OTHER = /[\u3040-\u30ff\uac00-\ud7af]/;
  const CLOSE = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;

  // --- the register -------------------------------------------------------------------------

  const MANY = 1000;  // browsers take long to lay out more rows than that at once
  const table = document.getElementById("register");
  const form = document.querySelector(".finder");
  if (table && form) register(table, form);

  function register(table, form) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row, at) => ({
      row, at, number: row.id, title: row.cells[1],
      name: fold(row.id + " " + row.cells[1].textContent),
      rank: at,
    }));
    const texts = new Map();
    const words = form.querySelector("#words");
    const count = form.querySelector(".count");
    const all = form.querySelector("[type=reset]");
    const more = form.querySelector("[type=button]");
    const nothing = document.querySelector(".nothing");
    const selects = Array.from(form.querySelectorAll("select"));
    const sorted = { column: 0, down: false };
    let ordered = rows, most = MANY, loading = null, trouble = "", waiting = 0;

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
    all.addEventListener("click", (event) => {
      event.preventDefault();
      form.reset();
      show();
      words.focus();
    });
    words.addEventListener("focus", load);
    words.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { load(); show(); }, 120);
    });
    for (const one of selects) one.addEventListener("change", show);
    for (const [name, where] of [["click", more], ["beforeprint", window]]) {
      where.addEventListener(name, () => { most = Infinity; show(); });
    }
    if (words.value) load();
    show();

    function mark() {
      Array.from(table.tHead.rows[0].cells, (cell, at) => {
        if (at === sorted.column) cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
        else cell.removeAttribute("aria-sort");
      });
    }

    function sort() {
      const { column, down } = sorted;
      const keys = rows.map((one) => key(one, column));
      // Many rows say the same: each text is compared once with every other.
      const order = new Intl.Collator(undefined, { numeric: true }).compare;
      const place = new Map(Array.from(new Set(keys)).sort(order).map((text, at) => [text, at]));
      for (const one of rows) {
        const text = keys[one.at];
        one.rank = column === 0 ? one.at : place.get(text);
        if (!text) one.rank = down ? -1 : Infinity;  // what says nothing comes last
      }
      ordered = rows.slice().sort((a, b) => (down ? b.rank - a.rank : a.rank - b.rank) || a.at - b.at);
      const moved = document.createDocumentFragment();
      for (const one of ordered) moved.append(one.row);
      body.append(moved);
      mark();
      show();
    }

    function key(one, column) {
      const cell = one.row.cells[column];
      return (column === 1 ? cell.firstElementChild : cell).textContent.trim();
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
      let fitting = 0;
      for (const one of ordered) {
        one.title.querySelector(".excerpt")?.remove();
        const hit = wanted.every(([by, value]) => one.row.dataset[by].split(" ").includes(value))
          && found(one, asked);
        if (hit) fitting += 1;
        one.row.hidden = !hit || fitting > most;
        if (hit !== true && !one.row.hidden) one.title.append(hit);
      }
      tell(fitting, asked.length);
    }

    // False where a row does not fit, true where its names do, and a line of its text where that does.
    function found(one, asked) {
      const text = texts.get(one.number);
      let first = null;
      for (const pattern of asked) {
        if (pattern.test(one.name)) continue;
        const hit = text && pattern.exec(text.folded);
        if (!hit) return false;
        first ||= hit;
      }
      return first ? excerpt(text.said, first.index, first[0].length) : true;
    }

    function tell(fitting, asked) {
      const every = rows.length;
      const still = asked && loading && loading !== true ? " Reading the texts …" : "";
      const kept = fitting > most ? ` The first ${most} are shown.` : "";
      count.textContent = (fitting === every ? `${every} document${every === 1 ? "" : "s"}.`
        : `${fitting} of ${every} documents.`) + kept + still + (asked ? trouble : "");
      nothing.hidden = fitting > 0;
      table.hidden = !fitting;
      more.hidden = fitting <= most;
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
    const low = text.replace(/\u0130/g, "i").toLowerCase();
    return low.replace(/[^\x00-\x7f]/g, (one) => one === "\u03c2" ? "\u03c3"
      : OTHER.test(one) ? one : one.normalize("NFKD")[0].toLowerCase()[0]);
  }

  function patterns(asked) {
    const parts = asked.normalize().match(/"[^"]+"|[^\s"]+/g) || [];
    return parts.slice(0, 32).map((part) => {
      const plain = fold(part.replace(/"/g, "").trim().replace(UNTYPED, ""));
      const letters = Array.from(plain.replace(/\s+/g, " "), (one) => one === " " ? "\\s+"
        : one.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&"));
      const begins = /^[\p{L}\p{N}]/u.test(plain) && !CLOSE.test(plain) ? "(?<![\\p{L}\\p{N}])" : "";
      return plain && new RegExp(begins + letters.join(`[${MARKS}]*`), "u");
    }).filter(Boolean);
  }

  function excerpt(said, at, length) {
    const from = at > 60 ? said.indexOf(" ", at - 60) + 1 : 0;
    const begin = from > at ? at : from;
    const line = document.createElement("small");
    line.className = "excerpt";
    const hit = document.createElement("mark");
    hit.textContent = said.slice(at, at + length);
    const after = at + length;
    const last = said.length - after > 110 ? said.lastIndexOf(" ", after + 110) : said.length;
    const end = last > after ? last : Math.min(after + 110, said.length);
    line.append(begin ? "… " : "", said.slice(begin, at), hit, said.slice(after, end), end < said.length ? " …" : "");
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
