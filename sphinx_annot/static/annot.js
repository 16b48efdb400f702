// @ts-check
(() => {
  "use strict";

  const STORED = "annot-off", PARAMETER = "notes-off", OPEN = "data-annot-open", LIT = "data-annot-lit";
  const SOURCE = '.annot-mark[role="doc-biblioref"]', CARD = ".annot-card", NUMBER = ".annot-pnum";
  const GAP = 6, WORDS = 4;

  // Decisions, without a page

  /** As the address says, else as remembered. @param {string} search @param {string?} stored */
  const switchedOff = (search, stored) =>
    new Set((new URLSearchParams(search).get(PARAMETER) ?? stored ?? "").split(" ").filter(Boolean));

  /** @param {string} href @param {Set<string>} off */
  const addressFor = (href, off) => {
    const url = new URL(href);
    if (off.size) url.searchParams.set(PARAMETER, [...off].join(" "));
    else url.searchParams.delete(PARAMETER);
    return url.href;
  };

  /** @param {string} href @param {string} hash */
  const linkTo = (href, hash) => {
    const url = new URL(addressFor(href, new Set()));
    url.hash = hash;
    return url.href;
  };

  /** Browsers find no words across a mark, but a beginning and an end. @param {string[]} runs what stands between marks */
  const fragmentOf = (runs) => {
    const parts = runs.map((run) => run.split(/\s+/).filter(Boolean)).filter((run) => run.length);
    const [first, last] = [parts[0], parts.at(-1)];
    /** @param {string[]} words */
    const coded = (words) => encodeURIComponent(words.join(" ")).replaceAll("-", "%2D");
    if (!first || !last) return "";
    const whole = first === last && first.length <= 2 * WORDS;
    return `text=${whole ? coded(first) : `${coded(first.slice(0, WORDS))},${coded(last.slice(-WORDS))}`}`;
  };

  /**
   * Below the mark, above it where that has more room, never out of view.
   * @typedef {{width: number, height: number}} Size
   * @param {{left: number, right: number, top: number, bottom: number}} mark
   * @param {Size} card @param {Size} view @param {boolean} rtl
   */
  const placeOf = (mark, card, view, rtl) => {
    const below = view.height - mark.bottom - 2 * GAP, above = mark.top - 2 * GAP;
    const up = card.height > below && above > below;
    const room = Math.max(up ? above : below, 4 * GAP);
    const left = rtl ? mark.right - card.width : mark.left;
    return {
      left: Math.max(GAP, Math.min(left, view.width - card.width - GAP)),
      top: up ? mark.top - GAP - Math.min(card.height, room) : mark.bottom + GAP,
      room,
    };
  };

  // The page, without decisions

  /** @param {string} selector @param {ParentNode} root @returns {HTMLElement[]} */
  const all = (selector, root = document) => [...root.querySelectorAll(selector)].map((e) => /** @type {any} */ (e));

  /** @param {Event} event @param {string} selector @returns {HTMLElement?} */
  const within = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

  /** @param {Element} link */
  const targetOf = (link) => document.getElementById(decodeURIComponent(link.getAttribute("href")?.split("#")[1] ?? ""));

  /** @param {Element} part */
  const partners = (part) => {
    const id = part.matches(".annot-note") ? part.id : part.getAttribute("aria-details") ?? targetOf(part)?.id;
    const name = CSS.escape(id ?? "");
    const found = all(`.annot-note[id="${name}"], .annot-lemma[aria-details="${name}"], .annot-mark[href="#${name}"]`);
    return found.some((one) => one.id === id) ? found : [];
  };

  /** @param {Element} mark @returns {Node[]} */
  const entryParts = (mark) => {
    const copy = /** @type {Element | undefined} */ (targetOf(mark)?.cloneNode(true));
    if (!copy) return [];
    for (const made of all("[data-annot-generated]:not(.annot-number)", copy)) made.remove();
    for (const named of all("[id]", copy)) named.removeAttribute("id");
    return [...copy.childNodes];
  };

  /** @param {Element} edition */
  const selectedRuns = (edition) => {
    const range = getSelection()?.rangeCount && getSelection()?.getRangeAt(0);
    if (!range || !edition.contains(range.commonAncestorContainer)) return [];
    const copy = range.cloneContents();
    for (const made of all(".annot-mark, .annot-group", copy)) made.replaceWith("\0");
    for (const note of all(".annot-note", copy)) note.remove();
    return (copy.textContent ?? "").split("\0");
  };

  /** @param {Element} edition @param {Element} number */
  const paragraphParts = (edition, number) => {
    const own = number.closest(".annot-edition") ?? edition;
    const { annotCitation: title, annotActions: actions } = all(":scope > .annot-tail", own)[0]?.dataset ?? {};
    if (!title || !actions) return [];
    const [copyLink, copyCitation, copied] = JSON.parse(actions);
    const page = /** @type {HTMLLinkElement?} */ (document.querySelector("link[rel=canonical]"))?.href ?? location.href;
    const words = fragmentOf(selectedRuns(edition));
    const url = linkTo(page, `${number.getAttribute("href")}${words && `:~:${words}`}`);
    const text = document.createElement("p");
    text.append(`${title}, ${number.ariaLabel}. ${url}`);
    /** @param {string} name @param {string?} what */
    const button = (name, what) => {
      const made = document.createElement("button");
      made.append(name);
      made.onclick = () => navigator.clipboard?.writeText(what ?? "").then(() => made.replaceChildren(copied), () => {});
      return made;
    };
    return [text, button(copyLink, url), button(copyCitation, text.textContent)];
  };

  /** The entry at the mark of a source, the tools at a number. @param {HTMLElement} edition @param {AbortSignal} signal */
  const mountCard = (edition, signal) => {
    const card = document.createElement("div");
    Object.assign(card, { className: "annot-card", popover: "manual", role: "dialog" });
    card.dataset.annotGenerated = "";
    /** @type {HTMLElement?} */
    let owner = null;
    let timer = 0, touch = false;

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
      if (!card.isConnected) edition.append(card); // not before: the page would be laid out again for it
      card.replaceChildren(...parts);
      card.ariaLabel = at.ariaLabel;
      card.style.cssText = "left: 0; top: 0";
      card.showPopover();
      const view = { width: document.documentElement.clientWidth, height: innerHeight };
      const rtl = getComputedStyle(edition).direction === "rtl";
      const { left, top, room } = placeOf(at.getBoundingClientRect(), card.getBoundingClientRect(), view, rtl);
      card.style.cssText = `left: ${left + scrollX}px; top: ${top + scrollY}px; max-height: ${room}px`;
    };
    /** @param {() => void} action */
    const later = (action) => {
      clearTimeout(timer);
      timer = setTimeout(action, 250);
    };

    edition.addEventListener("pointerover", (event) => {
      const mark = within(event, SOURCE);
      if (mark && event.pointerType === "mouse") later(() => open(mark, entryParts(mark)));
      else if (within(event, CARD)) clearTimeout(timer);
    }, { signal });
    edition.addEventListener("pointerout", (event) => {
      if (event.pointerType === "mouse" && within(event, `${SOURCE}, ${CARD}`) && !card.contains(document.activeElement)) later(close);
    }, { signal });
    document.addEventListener("focusin", (event) => {
      const mark = within(event, SOURCE);
      if (mark && edition.contains(mark) && mark.matches(":focus-visible")) open(mark, entryParts(mark));
      else if (!within(event, CARD) && event.target !== owner) close();
    }, { signal });
    edition.addEventListener("click", (event) => {
      const mark = within(event, SOURCE), number = within(event, NUMBER);
      if (number) open(number, paragraphParts(edition, number));
      else if (mark && touch && owner !== mark) {
        event.preventDefault();
        open(mark, entryParts(mark));
      } else if (mark) close();
    }, { signal });
    edition.addEventListener("mousedown", (event) => {
      if (within(event, NUMBER)) event.preventDefault(); // keep what is selected
    }, { signal });
    document.addEventListener("pointerdown", (event) => {
      touch = event.pointerType !== "mouse";
      if (!within(event, `${CARD}, ${SOURCE}, ${NUMBER}`)) close();
    }, { signal });
    document.addEventListener("keydown", (event) => {
      touch = false;
      if (!owner) return;
      const at = document.activeElement, stops = all("a, button", card), next = event.shiftKey ? -1 : 1;
      if (event.key === "Escape") {
        event.preventDefault();
        if (card.contains(at)) owner.focus();
        close();
      } else if (event.key === "Tab" && (at === owner || card.contains(at))) {
        // the card's links come right behind its mark
        const ring = [owner, ...stops], to = ring.indexOf(/** @type {any} */ (at)) + next;
        if (ring[to]) event.preventDefault();
        if (to >= 0) (ring[to] ?? owner).focus();
      }
    }, { signal });
    signal.addEventListener("abort", () => {
      close();
      card.remove();
    });
  };

  /** @param {HTMLElement} edition @param {AbortSignal} signal */
  const mountLights = (edition, signal) => {
    /** @param {Element?} part */
    const light = (part) => {
      for (const one of all(`[${LIT}]`)) one.removeAttribute(LIT);
      for (const one of part ? partners(part) : []) one.setAttribute(LIT, "");
    };
    for (const name of ["pointerover", "focusin"])
      edition.addEventListener(name, (event) => light(within(event, ".annot-mark, .annot-lemma, .annot-note")), { signal });
    for (const name of ["pointerleave", "focusout"]) edition.addEventListener(name, () => light(null), { signal });
    signal.addEventListener("abort", () => light(null));
  };

  /** Where notes are folded away, a mark opens its own. @param {HTMLElement} edition @param {AbortSignal} signal */
  const mountFolds = (edition, signal) => {
    const fold = () => all(`[${OPEN}]`, edition).forEach((note) => note.removeAttribute(OPEN));
    edition.addEventListener("click", (event) => {
      const mark = within(event, '.annot-mark[role="doc-noteref"]');
      const note = mark && event.detail && targetOf(mark);
      if (!note || (note.getClientRects().length && !note.hasAttribute(OPEN))) return;
      event.preventDefault();
      note.toggleAttribute(OPEN);
    }, { signal });
    document.addEventListener("keydown", (event) => {
      const at = document.activeElement;
      if (event.key !== "Escape" || event.defaultPrevented || (at !== document.body && !edition.contains(at))) return;
      fold();
      all(".annot-note:target .annot-back", edition)[0]?.click();
    }, { signal });
    signal.addEventListener("abort", fold);
  };

  /** @param {AbortSignal} signal */
  const mountControls = (signal) => {
    const boxes = /** @type {HTMLInputElement[]} */ (all(".annot-controls input"));
    /** @type {string?} */
    let stored = null;
    try { stored = localStorage.getItem(STORED); } catch {}
    const off = switchedOff(location.search, stored);
    const show = () => {
      document.documentElement.dataset.annotOff = [...off].join(" ");
      for (const box of boxes) box.checked = !off.has(box.value);
      try { history.replaceState(history.state, "", addressFor(location.href, off)); } catch {}
    };
    for (const box of boxes)
      box.addEventListener("change", () => {
        off[box.checked ? "delete" : "add"](box.value);
        try { localStorage.setItem(STORED, [...off].join(" ")); } catch {}
        show();
      }, { signal });
    if (boxes.length && off.size) show();
    signal.addEventListener("abort", () => delete document.documentElement.dataset.annotOff);
  };

  /** Returns what takes all of it away. */
  const mount = () => {
    const life = new AbortController();
    for (const edition of all(".annot-edition:not(.annot-edition *)"))
      for (const part of [mountCard, mountLights, mountFolds]) part(edition, life.signal);
    mountControls(life.signal);
    return () => life.abort();
  };

  Object.assign(globalThis, { sphinxAnnot: { unmount: mount(), mount, switchedOff, addressFor, linkTo, fragmentOf, placeOf } });
})();
