// What a gate answers to a badge, and which readings count as entries: the same rules as buyers/entering.py.
(() => {
  "use strict";
  const Gate = (window.Gate ??= {});

  // Keys of the passages {at, key, inward} that count, of one badge at the gates of one area.
  const entries = (passages, againAfter) => {
    const counted = new Set();
    let entered = null;
    const sorted = [...passages].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    for (const passage of sorted) {
      if (!passage.inward) {
        entered = null;
      } else if (entered === null || passage.at - entered > againAfter) {
        counted.add(passage.key);
        entered = passage.at;
      }
    }
    return counted;
  };

  // Whether a known badge opens a gate at a moment. `windows` are all of its kind: [area, begins, ends].
  const answer = (windows, { area, ownRules, at, revoked }) => {
    if (revoked) return "revoked";
    const open = ([, begins, ends]) => begins <= at && at < ends;
    const here = windows.filter((window) => window[0] === (ownRules ? area : null));
    if (here.some(open)) return "ok";
    if (windows.some(open) || !here.length) return "wrong_zone";
    return here.some(([, , ends]) => ends > at) ? "wrong_day" : "expired";
  };

  Gate.entering = { entries, answer };
})();
