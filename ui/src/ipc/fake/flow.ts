// The flow in memory. Good enough to show the window; what a link means is the host's rule.

import type { Applied, Edit, Flow, FlowLink, SetOrder, Straighten, Walkthrough, WalkthroughId } from "../types";
import type { FakeLibrary } from "./library";

export function flowCommands(library: FakeLibrary) {
  return {
    readFlow: (id: WalkthroughId): Flow => flow(library.entry(id).walkthrough),
    setFlowOrder: ({ walkthrough, order }: SetOrder): Applied => {
      const metadata = order === "linked" ? '{"waymark":{"order":"linked"}}' : null;
      return library.applyWhole(walkthrough, { edit: "set_metadata", metadata });
    },
    straightenFlow: ({ walkthrough, step }: Straighten): Applied | null => {
      const { steps } = library.entry(walkthrough).walkthrough;
      const edits = steps.flatMap(({ id, next_step_id }, index): Edit[] => {
        const next = steps[index + 1]?.id ?? null;
        const isPlain = next_step_id === null || next_step_id === next;
        return isPlain || (step !== null && step !== id) ? [] : [{ edit: "set_link", step: id, next }];
      });
      return edits.length === 0 ? null : library.applyWhole(walkthrough, { edit: "batch", edits });
    },
  };
}

function flow({ steps, metadata }: Walkthrough): Flow {
  const isLinked = metadata?.includes('"order":"linked"') ?? false;
  const at = new Map(steps.map(({ id }, index) => [id, index]));
  const links = steps.map(({ next_step_id }, index) => {
    const to = next_step_id === null ? undefined : at.get(next_step_id);
    return to === index ? undefined : to;
  });
  const hasLinks = links.some((to) => to !== undefined);
  const ways = links.map((to, index) =>
    to === undefined && (!hasLinks || !isLinked) && index + 1 < steps.length ? index + 1 : to,
  );
  const reached = follow(links);
  const order = [...reached, ...steps.flatMap((_, index) => (reached.includes(index) ? [] : [index]))];
  const circles = hasLinks ? circlesOf(ways) : [];
  const linkOf = (index: number): FlowLink => {
    const { id, next_step_id } = steps[index] ?? { id: "", next_step_id: null };
    if (next_step_id === null) return { kind: "none" };
    if (next_step_id === id) return { kind: "itself" };
    if (links[index] === undefined) return { kind: "dangling", to: next_step_id };
    return { kind: links[index] === index + 1 ? "plain" : "jump" };
  };
  return {
    order: isLinked ? "linked" : "display",
    has_links: steps.some(({ next_step_id }) => next_step_id !== null),
    steps: steps.map(({ id, title }, index) => {
      const circle = circles.find((known) => known.includes(index));
      const next = ways[index];
      return {
        id,
        title,
        position: index + 1,
        linked_position: order.indexOf(index) + 1,
        is_reached: reached.includes(index),
        is_passed_over: hasLinks && index > 0 && !ways.includes(index),
        circle: circle?.length ?? 0,
        closes_circle: circle !== undefined && Math.max(...circle) === index,
        link: linkOf(index),
        next: next === undefined ? null : (steps[next]?.id ?? null),
      };
    }),
  };
}

function follow(ways: readonly (number | undefined)[], start = 0): number[] {
  const met: number[] = [];
  let at: number | undefined = ways.length > start ? start : undefined;
  while (at !== undefined && !met.includes(at)) {
    met.push(at);
    at = ways[at];
  }
  return met;
}

function circlesOf(ways: readonly (number | undefined)[]): number[][] {
  const found = new Map<number, number[]>();
  const done = new Set<number>();
  for (const start of ways.keys()) {
    if (done.has(start)) continue;
    const met = follow(ways, start);
    const again = ways[met.at(-1) ?? 0];
    for (const index of met) done.add(index);
    if (again === undefined || !met.includes(again)) continue;
    const circle = met.slice(met.indexOf(again));
    found.set(Math.min(...circle), circle);
  }
  return [...found.values()];
}
