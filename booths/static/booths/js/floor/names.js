// What a thing of the plan is called in the language of the page; the other language's name where that one is empty.
const ENGLISH = !document.documentElement.lang.startsWith("vi");

export const nameOf = (thing) => (ENGLISH ? thing.name_en || thing.name_vi : thing.name_vi || thing.name_en) || "";
export const labelOf = (thing) => `${thing.code} ${nameOf(thing)}`.trim();
