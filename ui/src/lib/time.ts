// Times and numbers in the words of the person's locale.

const day = 86_400_000;

const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const minute = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const thisYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dated = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "medium", hourCycle: "h23" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const integer = new Intl.NumberFormat();

export const formatClock = (at: number) => clock.format(at);
export const formatWhole = (at: number) => whole.format(at);
/** `312 KB`, `1.8 MB`. */
export const formatSize = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
export const formatNumber = (value: number) => integer.format(value);

/** As short as it can be and still say when: `12:04`, `yesterday`, `Tue`, `12 Nov`, `2 Nov 2024`. */
export function formatWhen(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (days <= 0) return minute.format(at);
  if (days === 1) return relative.format(-1, "day");
  if (days < 7) return weekday.format(at);
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? thisYear : dated).format(at);
}

/** `2 days ago`, `5 minutes ago`, `now`. */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 60) return relative.format(0, "second");
  if (seconds < 3_600) return relative.format(-Math.round(seconds / 60), "minute");
  if (seconds < 86_400) return relative.format(-Math.round(seconds / 3_600), "hour");
  return relative.format(-Math.round((startOfDay(now) - startOfDay(at)) / day), "day");
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** `1 step`, `2 steps`. */
export function count(value: number, one: string, many: string): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}
