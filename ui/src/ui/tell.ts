// Short messages with a way back. Errors stay until they are dismissed.

import { listen } from "../lib/listen";

export type Toast = {
  id: number;
  message: string;
  hint: string | null;
  isError: boolean;
  action: { label: string; run: () => void } | null;
};

const lifetime = 8_000;
/** Milliseconds after which a message that somebody is at is looked at again. */
const patience = 2_000;
/** Messages at a time; errors are not counted. */
const most = 4;
const listeners = new Set<() => void>();
let shown: readonly Toast[] = [];
let minted = 0;
let isSomebodyThere: () => boolean = () => false;

function set(next: readonly Toast[]) {
  shown = next;
  for (const listener of listeners) listener();
}

export const toasts = {
  read: () => shown,
  subscribe: (listener: () => void) => listen(listeners, listener),
  dismiss: (id: number) => set(shown.filter((toast) => toast.id !== id)),
  /** Who shows them says whether somebody is at them, with the pointer or the keyboard: then none goes by itself. */
  attend: (isThere: () => boolean) => {
    isSomebodyThere = isThere;
  },
};

function add(toast: Omit<Toast, "id">): void {
  minted += 1;
  const id = minted;
  const messages = shown.filter(({ isError }) => !isError);
  const gone = messages.slice(0, Math.max(0, messages.length + (toast.isError ? 0 : 1) - most));
  const isSame = (other: Toast) => other.isError && toast.isError && other.message === toast.message;
  set([...shown.filter((other) => !gone.includes(other) && !isSame(other)), { ...toast, id }]);
  if (!toast.isError) setTimeout(() => expire(id), lifetime);
}

function expire(id: number): void {
  if (isSomebodyThere()) setTimeout(() => expire(id), patience);
  else toasts.dismiss(id);
}

export function tell(message: string, action: Toast["action"] = null): void {
  add({ message, hint: null, isError: false, action });
}

/** Shows a failure: what happened and what to do next. */
export function tellError(error: { message: string; hint?: string | null }, action: Toast["action"] = null): void {
  add({ message: error.message, hint: error.hint ?? null, isError: true, action });
}
