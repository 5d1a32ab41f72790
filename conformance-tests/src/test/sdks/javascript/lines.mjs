// A driver's loop: a request per line of standard input, an answer per line of standard output.
import { createInterface } from 'node:readline';

/** The output of a client as JSON: times as epoch seconds, bytes as their number. */
export function plain(value) {
  if (value instanceof Date) {
    return value.getTime() / 1000;
  }
  if (value instanceof Uint8Array) {
    return value.length;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== '$metadata')
        .map(([key, member]) => [key, plain(member)]),
    );
  }
  return value;
}

/** Both SDKs take times as Date only; the models have no other member of these names. */
export function dated(value) {
  if (Array.isArray(value)) {
    return value.map(dated);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        /^(Start|End)Timestamp$/.test(key) && typeof member === 'number'
          ? new Date(member * 1000)
          : dated(member),
      ]),
    );
  }
  return value;
}

/** Answers every request with what `call` makes of it, until standard input ends. */
export async function serve(call) {
  for await (const line of createInterface({ input: process.stdin })) {
    let answer;
    try {
      answer = await call(JSON.parse(line));
    } catch (e) {
      answer = { ok: false, raised: e.stack ?? String(e) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
