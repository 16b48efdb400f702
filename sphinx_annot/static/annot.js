// @ts-check
(() => {
  "use strict";

  /** @typedef {{left: number, right: number, top: number, bottom: number}} Rect */

  const MEMORY = "annot-off";
  const PARAMETER = "notes-off";
  const DELAY = 250;

  // Decisions, without a page.

  /**
   * What is switched off: the address decides; without a word of it, the memory.
   * @param {string} search @param {string | null} stored @returns {Set<string>}
   */
  const switchedOff = (search, stored) =>
    new Set((new URLSearchParams(search).get(PARAMETER) ?? stored ?? "").split(" ").filter(Boolean));

  /**
   * The address of the page in this state.
   * @param {string} href @param {Set<string>} off @returns {string}
   */
  const addressFor = (href, off) => {
    const url = new URL(href);
    if (off.size) url.searchParams.set(PARAMETER, [...off].join(" "));
    else url.searchParams.delete(PARAMETER);
    return url.href;
  };

  /**
   * The link to a part of the page, without what only concerns this reader.
   * @param {string} page @param {string} hash @returns {string}
   */
  const linkTo = (page, hash) => {
    const url = new URL(addressFor(page, new Set()));
    url.hash = hash;
    return url.href;
  };

  /** @param {string} edition @param {string} place @param {string} url @returns {string} */
  const citationOf = (edition, place, url) => `${edition}, ${place}. ${url}`;

  /**
   * Where a card goes: under its mark, or above it where that has more room; never outside the view.
   * @param {Rect} mark @param {{width: number, height: number}} card
   * @param {{width: number, height: number}} view @param {boolean} rtl
   */
  const placeOf = (mark, card, view, rtl) => {
    const gap = 6;
    const below = view.height - mark.bottom - 2 * gap;
    const above = mark.top - 2 * gap;
    const up = card.height > below && above > below;
    const room = Math.max(up ? above : below, 4 * gap);
    const left = rtl ? mark.right - card.width : mark.left;
    return {
      left: Math.max(gap, Math.min(left, view.width - card.width - gap)),
      top: up ? mark.top - gap - Math.min(card.height, room) : mark.bottom + gap,
      room,
    };
  };

  // The page, without decisions.

  /** @returns {string | null} */
  const remembered = () => {
    try { return localStorage.getItem(MEMORY); } catch { return null; }
  };

  /** @param {Set<string>} off */
  const remember = (off) => {
    try { localStorage.setItem(MEMORY, [...off].join(" ")); } catch { /* the reader's browser refuses */ }
  };

  /** @param {Event} event @param {string} selector @returns {HTMLElement | null} */
  const within = (event, selector) =>
    event.target instanceof Element ? event.target.closest(selector) : null;

  /** @param {Element} link @returns {HTMLElement | null} */
  const targetOf = (link) =>
    document.getElementById(decodeURIComponent((link.getAttribute("href") ?? "").split("#")[1] ?? ""));

  /**
   * The words of the text, the marks and the note that belong together.
   * @param {Element} part @returns {Element[]}
   */
  const partners = (part) => {
    const id = part.matches(".annot-note") ? part.id : part.getAttribute("aria-details") ?? targetOf(part)?.id;
    const note = id ? document.getElementById(id) : null;
    if (!id || !note?.matches(".annot-note")) return [];
    const name = CSS.escape(id);
    return [note, ...document.querySelectorAll(`.annot-lemma[aria-details="${name}"], .annot-mark[href="#${name}"]`)];
  };

  /** @param {Element} entry @returns {Node[]} */
  const entryParts = (entry) => {
    const copy = /** @type {Element} */ (entry.cloneNode(true));
    for (const made of copy.querySelectorAll("[data-annot-generated]:not(.annot-number)")) made.remove();
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    return [...copy.childNodes];
  };

  /** @param {HTMLElement} edition @param {HTMLElement} number @returns {Node[]} */
  const paragraphParts = (edition, number) => {
    const tail = /** @type {HTMLElement | null} */ (edition.querySelector(".annot-tail"));
    const { annotCitation: title, annotActions: actions } = tail?.dataset ?? {};
    if (!title || !actions) return [];
    const [link, citation, copied] = /** @type {string[]} */ (JSON.parse(actions));
    const page = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? location.href;
    const url = linkTo(new URL(page, location.href).href, number.getAttribute("href") ?? "");
    const text = citationOf(title, number.ariaLabel ?? "", url);
    const line = document.createElement("p");
    line.textContent = text;
    /** @param {string} name @param {string} what */
    const button = (name, what) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = name;
      made.addEventListener("click", () =>
        navigator.clipboard?.writeText(what).then(() => { made.textContent = copied; }, () => {}));
      return made;
    };
    return [line, button(link, url), button(citation, text)];
  };

  /**
   * One card for the whole edition: the full entry at the mark of a source, the tools at a paragraph's number.
   * @param {HTMLElement} edition @param {AbortSignal} signal
   */
  const mountCard = (edition, signal) => {
    const card = document.createElement("div");
    card.className = "annot-card";
    card.popover = "manual";
    card.setAttribute("role", "dialog");
    card.setAttribute("data-annot-generated", "");
    edition.append(card);
    /** @type {HTMLElement | null} */
    let owner = null;
    let timer = 0;
    let touch = false;

    const close = () => {
      clearTimeout(timer);
      owner = null;
      if (card.matches(":popover-open")) card.hidePopover();
    };
    /** @param {HTMLElement} at @param {Node[]} parts */
    const open = (at, parts) => {
      clearTimeout(timer);
      if (owner === at || !parts.length) return;
      close();
      owner = at;
      card.replaceChildren(...parts);
      card.ariaLabel = at.ariaLabel;
      card.style.cssText = "left: 0; top: 0";
      card.showPopover();
      const view = { width: document.documentElement.clientWidth, height: innerHeight };
      const rtl = getComputedStyle(edition).direction === "rtl";
      const place = placeOf(at.getBoundingClientRect(), card.getBoundingClientRect(), view, rtl);
      card.style.cssText = `left: ${place.left + scrollX}px; top: ${place.top + scrollY}px; max-height: ${place.room}px`;
    };
    /** @param {HTMLElement} mark */
    const openEntry = (mark) => {
      const entry = targetOf(mark);
      if (entry) open(mark, entryParts(entry));
    };
    /** @param {() => void} action */
    const later = (action) => {
      clearTimeout(timer);
      timer = setTimeout(action, DELAY);
    };
    const MARK = '.annot-mark[role="doc-biblioref"]';

    edition.addEventListener("pointerover", (event) => {
      const mark = within(event, MARK);
      if (mark && event.pointerType === "mouse") later(() => openEntry(mark));
      else if (within(event, ".annot-card")) clearTimeout(timer);
    }, { signal });
    edition.addEventListener("pointerout", (event) => {
      if (event.pointerType === "mouse" && within(event, `${MARK}, .annot-card`) && !card.contains(document.activeElement)) later(close);
    }, { signal });
    edition.addEventListener("focusin", (event) => {
      const mark = within(event, MARK);
      if (mark?.matches(":focus-visible")) openEntry(mark);
      else if (!within(event, ".annot-card") && event.target !== owner) close();
    }, { signal });
    edition.addEventListener("focusout", (event) => {
      if (event.relatedTarget instanceof Node && !edition.contains(event.relatedTarget)) close();
    }, { signal });
    edition.addEventListener("click", (event) => {
      const mark = within(event, MARK);
      const number = within(event, ".annot-pnum");
      if (number) open(number, paragraphParts(edition, number));
      else if (mark && touch && owner !== mark) {
        event.preventDefault();
        openEntry(mark);
      } else if (mark) close();
    }, { signal });
    document.addEventListener("pointerdown", (event) => {
      touch = event.pointerType !== "mouse";
      if (!within(event, `.annot-card, ${MARK}, .annot-pnum`)) close();
    }, { signal });
    document.addEventListener("keydown", (event) => {
      touch = false;
      const stops = [...card.querySelectorAll("a, button")];
      if (!owner) return;
      if (event.key === "Escape") {
        event.preventDefault();
        const back = card.contains(document.activeElement) ? owner : null;
        close();
        back?.focus();
        if (back) close();
      } else if (event.key === "Tab" && stops.length) {
        const here = document.activeElement;
        const first = /** @type {HTMLElement} */ (stops[0]);
        if (here === owner && !event.shiftKey) first.focus();
        else if (here === first && event.shiftKey) owner.focus();
        else {
          // From the last stop the browser goes on from the mark.
          if (here === stops.at(-1) && !event.shiftKey) owner.focus();
          return;
        }
        event.preventDefault();
      }
    }, { signal });
    signal.addEventListener("abort", () => { clearTimeout(timer); card.remove(); });
  };

  /** Pointing at a part, or focusing it, lights all. @param {HTMLElement} edition @param {AbortSignal} signal */
  const mountLights = (edition, signal) => {
    /** @type {Element[]} */
    let lit = [];
    /** @param {Element | null} part */
    const light = (part) => {
      for (const one of lit) one.removeAttribute("data-annot-lit");
      lit = part ? partners(part) : [];
      for (const one of lit) one.setAttribute("data-annot-lit", "");
    };
    for (const name of ["pointerover", "focusin"])
      edition.addEventListener(name, (event) => light(within(event, ".annot-mark, .annot-lemma, .annot-note")), { signal });
    for (const name of ["pointerleave", "focusout"]) edition.addEventListener(name, () => light(null), { signal });
    signal.addEventListener("abort", () => light(null));
  };

  /** Where the stylesheet folds notes, a mark opens its own in place. @param {HTMLElement} edition @param {AbortSignal} signal */
  const mountFolds = (edition, signal) => {
    const OPEN = "data-annot-open";
    edition.addEventListener("click", (event) => {
      const mark = within(event, '.annot-mark[role="doc-noteref"]');
      const note = mark && event.detail ? targetOf(mark) : null;
      if (!note?.matches(".annot-note") || (note.getClientRects().length && !note.hasAttribute(OPEN))) return;
      event.preventDefault();
      note.toggleAttribute(OPEN);
    }, { signal });
    document.addEventListener("keydown", (event) => {
      const at = document.activeElement;
      if (event.key !== "Escape" || event.defaultPrevented || !(at === document.body || edition.contains(at))) return;
      for (const note of edition.querySelectorAll(`[${OPEN}]`)) note.removeAttribute(OPEN);
      /** @type {HTMLElement | null} */ (edition.querySelector(".annot-note:target .annot-back"))?.click();
    }, { signal });
    signal.addEventListener("abort", () => {
      for (const note of edition.querySelectorAll(`[${OPEN}]`)) note.removeAttribute(OPEN);
    });
  };

  /** Switches for kinds and layers. @param {AbortSignal} signal */
  const mountControls = (signal) => {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".annot-controls input"));
    if (!boxes.length) return;
    const off = switchedOff(location.search, remembered());
    const show = () => {
      document.documentElement.dataset.annotOff = [...off].join(" ");
      for (const box of boxes) box.checked = !off.has(box.value);
      try { history.replaceState(history.state, "", addressFor(location.href, off)); } catch { /* a page without an address */ }
    };
    for (const box of boxes)
      box.addEventListener("change", () => {
        if (box.checked) off.delete(box.value);
        else off.add(box.value);
        remember(off);
        show();
      }, { signal });
    if (off.size) show();
    signal.addEventListener("abort", () => { delete document.documentElement.dataset.annotOff; });
  };

  /** Adds the comfort to every edition of the page; what it returns takes all of it away. @returns {() => void} */
  const mount = () => {
    const life = new AbortController();
    for (const edition of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".annot-edition"))) {
      if ("popover" in edition) mountCard(edition, life.signal);
      mountLights(edition, life.signal);
      mountFolds(edition, life.signal);
    }
    mountControls(life.signal);
    return () => life.abort();
  };

  Object.assign(globalThis, { sphinxAnnot: { unmount: mount(), mount, switchedOff, addressFor, linkTo, citationOf, placeOf } });
})();
