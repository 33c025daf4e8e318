// Dates and times as a person reads them, in the zone of the browser.

const seconds = (ts) => new Date(Number.parseFloat(ts) * 1000);
const day = (date) => date.toLocaleDateString("en-CA");

export const timeOf = (ts) => seconds(ts).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
export const fullTime = (ts) => seconds(ts).toLocaleString([], { dateStyle: "full", timeStyle: "medium" });
export const dayKey = (ts) => day(seconds(ts));
export const isoTime = (ts) => seconds(ts).toISOString();

// In the reader's language, as Slack has it: "Today", "Heute".
function relativeDay(date, otherwise) {
  const away = [0, -1, 1].find((days) => day(new Date(Date.now() + days * 86_400_000)) === day(date));
  if (away === undefined) return otherwise;
  const word = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(away, "day");
  return word[0].toLocaleUpperCase() + word.slice(1);
}

const long = (date) => date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });

export const dayName = (ts) => relativeDay(seconds(ts), long(seconds(ts)));

const DATE_TOKENS = {
  date_num: (date) => day(date),
  date_slash: (date) => date.toLocaleDateString("en-US"),
  date_long: (date) => date.toLocaleDateString([], { weekday: "long", year: "numeric", month: "long", day: "numeric" }),
  date_long_full: (date) => date.toLocaleDateString([], { year: "numeric", month: "long", day: "numeric" }),
  date: (date) => date.toLocaleDateString([], { year: "numeric", month: "long", day: "numeric" }),
  date_short: (date) => date.toLocaleDateString([], { year: "numeric", month: "short", day: "numeric" }),
  date_pretty: (date) => relativeDay(date, DATE_TOKENS.date(date)).toString(),
  date_short_pretty: (date) => relativeDay(date, DATE_TOKENS.date_short(date)),
  date_long_pretty: (date) => relativeDay(date, DATE_TOKENS.date_long(date)),
  date_long_full_pretty: (date) => relativeDay(date, DATE_TOKENS.date_long_full(date)),
  time: (date) => date.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" }),
  time_secs: (date) => date.toLocaleTimeString([], { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  day_divider_pretty: (date) => relativeDay(date, long(date)),
  ago: (date) => ago(date),
};

function ago(date) {
  const gone = (Date.now() - date) / 1000;
  const steps = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = steps.find(([, length]) => Math.abs(gone) >= length) ?? steps[3];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.round(gone / size), unit);
}

/** Slack's date format, e.g. "{date_short_pretty} at {time}"; null where the time stamp or a token is unknown. */
export function slackDate(timestamp, format) {
  const date = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  let known = true;
  const text = format.replace(/\{(\w+)\}/g, (whole, token) => {
    const shown = DATE_TOKENS[token]?.(date);
    if (shown === undefined) known = false;
    return shown ?? whole;
  });
  return known ? text : null;
}

export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? "?"];
  return letters.map((word) => [...word][0].toUpperCase()).join("");
}

export function fileSize(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

export const plural = (count, word, many = `${word}s`) => `${count} ${count === 1 ? word : many}`;
