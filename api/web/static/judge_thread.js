// A thread as the server tells it, fetched once a page: what came after a comment, and which objections are alike.

const threads = new Map();
const MOST = 5; // objections that are called alike
const WORD = /[\p{L}\p{N}]{4,}/gu;

// Rejects where the thread cannot be read, and then asks again the next time.
export async function threadOf(address) {
  if (!threads.has(address)) threads.set(address, read(address));
  try {
    return await threads.get(address);
  } catch (error) {
    threads.delete(address);
    throw error;
  }
}

async function read(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

// The comments that may answer one: all below it, and all others that are not known to be earlier.
export function after(comments, id) {
  const at = comments.findIndex((one) => one.comment === id);
  const own = comments[at];
  const end = comments.findIndex((one, place) => place > at && one.depth <= own.depth);
  const below = comments.slice(at + 1, end < 0 ? undefined : end);
  const among = new Set([own, ...below]);
  const later = comments.filter((one, place) => !among.has(one) && isLater(one, own, place > at));
  return { replies: below.filter((one) => one.text.trim()), later: later.filter((one) => one.text.trim()) };
}

function isLater(one, own, standsBelow) {
  const between = Date.parse(one.created) - Date.parse(own.created);
  return Number.isNaN(between) ? standsBelow : between >= 0;
}

// The objections that share most words with these, and the rest in their order.
export function alike(objections, words) {
  const shares = new Map(objections.map((one) => [one, shared(one.words, words)]));
  const sharing = objections.filter((one) => shares.get(one) > 0).sort((one, other) => shares.get(other) - shares.get(one));
  const most = sharing.slice(0, MOST);
  return { most, rest: objections.filter((one) => !most.includes(one)) };
}

// The share of words that two texts have in common; short ones tell nothing.
function shared(one, other) {
  const [these, those] = [one, other].map((text) => new Set(text.toLowerCase().match(WORD)));
  const both = [...these].filter((word) => those.has(word)).length;
  return both && (2 * both) / (these.size + those.size);
}
