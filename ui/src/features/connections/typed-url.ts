// A password in a URL that is being typed. It is moved out of sight as it is typed and never kept by this page.

/** Scheme, user, password; the last `@` before the path ends it. */
const complete = /^(\s*[a-z][a-z0-9+.-]*:\/\/[^:@/?#]*)(?::([^/?#]*)|@([^@/?#]*(?:@[^@/?#]*)*))@/i;
const login = /^\s*[a-z][a-z0-9+.-]*:\/\/[^:@/?#]*:([^@]*)$/i;

export type Lifted = {
  /** The URL without it. */
  url: string;
  password: string;
  /** It goes behind what was taken before: the password has an `@` in it. */
  isMore: boolean;
};

/** Takes the password out of a URL as soon as it is complete; null where there is none. */
export function lifted(url: string): Lifted | null {
  const found = complete.exec(url);
  if (!found) return null;
  const [whole, before = "", password, more] = found;
  const rest = `${before}@${url.slice(whole.length)}`;
  if (more !== undefined) return { url: rest, password: `@${decoded(more)}`, isMore: true };
  return { url: rest, password: decoded(password ?? ""), isMore: false };
}

/** Whether what stands at the end may be a password that is not complete. Up to five digits before a path are a port. */
export function isTypingPassword(url: string): boolean {
  if (/[?&]password=[^&#]/i.test(url)) return true;
  const typed = login.exec(url)?.[1];
  return typed !== undefined && typed !== "" && !/^\d{1,5}[/?#]/.test(typed);
}

/** Escapes are those of a URL; what is none stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
