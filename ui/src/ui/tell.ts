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
const listeners = new Set<() => void>();
let shown: readonly Toast[] = [];
let minted = 0;

function set(next: readonly Toast[]) {
  shown = next;
  for (const listener of listeners) listener();
}

export const toasts = {
  read: () => shown,
  subscribe: (listener: () => void) => listen(listeners, listener),
  dismiss: (id: number) => set(shown.filter((toast) => toast.id !== id)),
};

function add(toast: Omit<Toast, "id">): void {
  minted += 1;
  const id = minted;
  set([...shown.slice(-3), { ...toast, id }]);
  if (!toast.isError) setTimeout(() => toasts.dismiss(id), lifetime);
}

export function tell(message: string, action: Toast["action"] = null): void {
  add({ message, hint: null, isError: false, action });
}

/** Shows a failure: what happened and what to do next. */
export function tellError(error: { message: string; hint?: string | null }, action: Toast["action"] = null): void {
  add({ message: error.message, hint: error.hint ?? null, isError: true, action });
}
