// Which walkthroughs are selected: with the mouse, or with the keys of a list.

import { useCallback, useMemo, useState } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  /** Puts one in or takes it out; with `isRange` everything from the last one on. */
  toggle: (id: string, isRange: boolean) => void;
  all: () => void;
  clear: () => void;
};

type State = { ids: ReadonlySet<string>; anchor: string | null };

const none: State = { ids: new Set(), anchor: null };

/** `shown`: what can be selected, in its order. What is no longer shown is no longer selected. */
export function useSelection(shown: readonly { id: string }[]): Selection {
  const [state, setState] = useState(none);
  const order = useMemo(() => shown.map(({ id }) => id), [shown]);
  const ids = useMemo(() => new Set(order.filter((id) => state.ids.has(id))), [order, state]);
  const toggle = useCallback(
    (id: string, isRange: boolean) => setState((state) => toggled(state, order, id, isRange)),
    [order],
  );
  const all = useCallback(() => setState({ ids: new Set(order), anchor: null }), [order]);
  const clear = useCallback(() => setState(none), []);
  return useMemo(() => ({ ids, toggle, all, clear }), [ids, toggle, all, clear]);
}

export function toggled(state: State, order: readonly string[], id: string, isRange: boolean): State {
  const ids = new Set(state.ids);
  const from = state.anchor === null ? -1 : order.indexOf(state.anchor);
  if (isRange && from >= 0) {
    const to = order.indexOf(id);
    for (const between of order.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(between);
    return { ids, anchor: state.anchor };
  }
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}
