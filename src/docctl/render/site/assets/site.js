"use strict";
// Makes the register sortable and searchable, tells the day, and lights up the map.
// Without it every page is whole: lists, links and texts need no script.
(() => {
  const OLD = 31;  // days after which the age of a site is a warning
  const day = document.documentElement.dataset.published;
  const now = new Date();
  const age = Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.parse(day)) / 864e5);
  for (const one of document.querySelectorAll("[data-published]:not(html)")) {
    const time = one.querySelector("time");
    time.dateTime = time.textContent = day;
    one.hidden = !day;
  }
  // A folder may be opened long after it was published, and a sheet printed from it.
  for (const time of age > 1 ? document.querySelectorAll(".day time, .on-paper time") : []) {
    const said = document.createElement(age > OLD ? "strong" : "span");
    said.className = age > OLD ? "late" : "";
    said.textContent = ` (${age} days ago)`;
    time.after(said);
  }

  // Accents and points above and below letters, which nobody has to type.
  const MARKS = "\\u0300-\\u036f\\u0591-\\u05bd\\u05bf-\\u05c7\\u0640\\u064b-\\u0652\\u0670";
  const UNTYPED = new RegExp(`[${MARKS}\u00ad\u200b-\u200f\u2060\ufeff]`, "g");
  // Letters that a mark makes other ones, and scripts without spaces between words.
  const OTHER = /[\u3040-\u30ff\uac00-\ud7af]/;
  // Letters and signs that are typed as others.
  const AS = new Map();
  for (const [as, others] of [
    ["'", "\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4"], ['"', "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"],
    ["-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"], ["\u03c3", "\u03c2"],
    ["o", "\u00f8"], ["l", "\u0142"], ["d", "\u0111"], ["i", "\u0131"],
  ]) for (const one of others) AS.set(one, as);
  // Letters that are one or two.
  const ONE_OR_TWO = { "ss": "(?:ss|\u00df)", "ae": "(?:ae|\u00e6)", "oe": "(?:oe|\u0153)",
    "\u00df": "(?:ss|\u00df)", "\u00e6": "(?:ae|\u00e6)", "\u0153": "(?:oe|\u0153)" };
  const GAP = "[-\\s]?";  // ISO 9001, ISO-9001 and ISO9001 are one
  // What Arabic and Hebrew write before a word without a space: and, in, for, the.
  const BEFORE = [[/^\p{sc=Arabic}/u, "[\u0648\u0641]?(?:[\u0628\u0643\u0644]|[\u0628\u0643]?\u0627\u0644|\u0644\u0644)?"],
    [/^\p{sc=Hebrew}/u, "[\u05d5\u05d4\u05d1\u05dc\u05de\u05e9\u05db]{0,3}"]];
  const CLOSE = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;

  // --- the register -------------------------------------------------------------------------

  const MANY = 1000;  // browsers take long to lay out more rows than that at once
  const table = document.getElementById("register");
  const form = document.querySelector(".finder");
  if (table && form) register(table, form);

  function register(table, form) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row, at) => ({
      row, at, number: row.id, bare: bare(row.id), title: row.cells[1],
      name: fold([row.id, ...Array.from(row.cells[1].children, (one) => one.textContent)].join(" ")),
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
    let ordered = rows, most = MANY, lifted = null, loading = null, trouble = "", waiting = 0;

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
    kept(history.state?.finder);
    if (words.value) load();
    if (sorted.column || sorted.down) sort(); else show();

    // What was asked for is there again for whoever comes back from a document.
    function kept(state) {
      if (!state) return;
      words.value = state.words;
      for (const one of selects) {
        one.value = Array.from(one.options).find((each) => each.text === state[one.id])?.value || "";
      }
      Object.assign(sorted, state.sorted);
    }

    function keep() {
      const state = { words: words.value, sorted };
      for (const one of selects) state[one.id] = one.selectedOptions[0].text;
      try {
        history.replaceState({ finder: state }, "");
      } catch { /* some browsers let it be done so often only */ }
    }

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
      placed();
      mark();
      show();
    }

    function placed() {
      const moved = document.createDocumentFragment();
      for (const one of ordered) moved.append(one.row);
      body.append(moved);
      lifted = null;
    }

    // Who asks for a number wants that document, and not first those that mention it.
    function lift() {
      const number = bare(words.value);
      const named = number && rows.find((one) => one.bare === number && !one.row.hidden);
      if (lifted && lifted !== named) placed();
      if (named) body.prepend(named.row);
      lifted = named;
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
        lead(one, "");
        const hit = wanted.every(([by, value]) => one.row.dataset[by].split(" ").includes(value))
          && found(one, asked);
        if (hit) fitting += 1;
        one.row.hidden = !hit || fitting > most;
        if (hit === true || one.row.hidden) continue;
        one.title.append(excerpt(hit));
        lead(one, whole(hit));
      }
      lift();
      tell(fitting, asked.length);
      keep();
    }

    // Where the link leads: to the document, and there to these words where a browser can find them.
    function lead(one, words) {
      const link = one.title.querySelector("a");
      if (!link) return;
      const place = words && `#:~:text=${encodeURIComponent(words).replace(/-/g, "%2D")}`;
      link.setAttribute("href", link.getAttribute("href").split("#")[0] + place);
    }

    // False where a row does not fit, true where its names do, and a place in its text where that does.
    function found(one, asked) {
      const text = texts.get(one.number);
      let first = null;
      for (const pattern of asked) {
        if (pattern.test(one.name)) continue;
        const hit = text && pattern.exec(text.folded);
        if (!hit) return false;
        first ||= hit;
      }
      return first ? { said: text.said, at: first.index, length: first[0].length } : true;
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
    return low.replace(/[^\x00-\x7f]/g, (one) => AS.get(one)
      || (OTHER.test(one) ? one : one.normalize("NFKD")[0].toLowerCase()[0]));
  }

  function bare(text) {
    return fold(text).replace(/[-\s]/g, "");
  }

  function patterns(asked) {
    const parts = asked.normalize().replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"').match(/"[^"]+"|[^\s"]+/g) || [];
    return parts.slice(0, 32).map((part) => {
      const plain = fold(part.replace(/"/g, "").trim().replace(UNTYPED, "")).replace(/\s+/g, " ");
      return plain && new RegExp(begins(plain) + spelled(part[0] === '"' ? plain : singular(plain)), "u");
    }).filter(Boolean);
  }

  function begins(plain) {
    if (!/^[\p{L}\p{N}]/u.test(plain) || CLOSE.test(plain)) return "";
    const [, before] = BEFORE.find(([script]) => script.test(plain)) || [, ""];
    return `(?<![\\p{L}\\p{N}])${before}`;
  }

  // English says with an s that there are many, or whose it is; what a word begins with is enough.
  function singular(plain) {
    return plain.replace(/^([a-z]{4,})(?:'s|s'|s)$/, "$1");
  }

  function spelled(plain) {
    const parts = plain.match(/ss|ae|oe|./gsu) || [];
    return parts.map((part, at) => {
      const changes = at > 0 && /\p{L}\p{N}|\p{N}\p{L}/u.test(parts[at - 1].at(-1) + part[0]);
      const loose = part === "-" && parts[at - 1] && parts[at + 1] && /\p{L}/u.test(parts[at - 1] + parts[at + 1]);
      return (changes ? GAP : "") + (loose ? GAP : letter(part));
    }).join(`[${MARKS}]*`);
  }

  function letter(part) {
    if (part === " ") return "\\s+";
    return ONE_OR_TWO[part] || part.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  }

  // The words of which something was found: browsers look for whole ones, and go where they stand.
  function whole({ said, at, length }) {
    const before = said.slice(0, at).match(/[\p{L}\p{M}\p{N}]*$/u)[0];
    const after = said.slice(at + length).match(/^[\p{L}\p{M}\p{N}]*/u)[0];
    return before + said.slice(at, at + length) + after;
  }

  function excerpt({ said, at, length }) {
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
