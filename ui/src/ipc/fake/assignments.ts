// Servers and walkthroughs in memory. Production has what a walkthrough was seeded with. The real rules are Rust's.

import type { Commands } from "../contract";
import type { ArrangeServer, Assignment, MatrixCell, MatrixRow, MatrixServer, Walkthrough } from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";

type AssignmentCommands = Pick<Commands, "readAssignments" | "arrangeAssignments">;

const names: Record<string, string> = { docs: "Documentation", cli: "Command line help" };
const before = new WeakMap<FakeLibrary, Map<string, Assignment[]>>();

export function assignmentCommands(
  library: FakeLibrary,
  note: (kind: string, label: string, ids: string[]) => string,
): Pick<Plain, keyof AssignmentCommands> {
  if (!before.has(library))
    before.set(library, new Map(library.walkthroughs().map(({ id, assignments }) => [id, [...assignments]])));
  const there = (id: string) => before.get(library)?.get(id) ?? [];
  return {
    readAssignments: (connection) => {
      const walkthroughs = [...library.walkthroughs()].sort((a, b) => a.title.localeCompare(b.title));
      const slugs = new Set(["docs", "cli", ...walkthroughs.flatMap(({ assignments }) => assignments.map(slugOf))]);
      const servers = [...slugs].map(
        (slug): MatrixServer => ({
          slug,
          name: names[slug] ?? slug,
          is_known: slug in names,
          order: columnOf(walkthroughs, slug).map(({ id }) => id),
        }),
      );
      const rows = walkthroughs.map((walkthrough) => rowOf(walkthrough, there(walkthrough.id)));
      const notes = servers.some(({ order }) => order.length > 1)
        ? ["The platform's own runtime lists walkthroughs by when they were created, whatever the order here."]
        : [];
      return { connection, servers, walkthroughs: rows, notes };
    },
    arrangeAssignments: (input) => {
      const changed = arrange(library, input);
      const id = changed.length > 0 ? note("assignments", input.server, changed) : null;
      return { id, changed, unchanged: input.walkthroughs.length - changed.length };
    },
  };
}

const slugOf = ({ server }: Assignment) => server;
const findIn = (list: readonly Assignment[], slug: string) => list.find(({ server }) => server === slug);
const orderOf = ({ assignments }: Walkthrough, slug: string) => findIn(assignments, slug)?.display_order ?? 0;

const columnOf = (walkthroughs: readonly Walkthrough[], slug: string) =>
  walkthroughs
    .filter(({ assignments }) => findIn(assignments, slug))
    .sort((a, b) => orderOf(a, slug) - orderOf(b, slug));

function rowOf({ id, title, type, status, assignments }: Walkthrough, there: readonly Assignment[]): MatrixRow {
  const slugs = new Set([...assignments, ...there].map(slugOf));
  const offer = (known: Assignment | undefined) =>
    known ? { display_order: known.display_order, is_enabled: known.is_enabled } : null;
  const cells = [...slugs].map((server): MatrixCell => {
    const [draft, production] = [offer(findIn(assignments, server)), offer(findIn(there, server))];
    return { server, draft, production, is_unpublished: JSON.stringify(draft) !== JSON.stringify(production) };
  });
  return { id, title, type, status, is_in_production: true, is_changed_there: false, other_changes: 0, cells };
}

function arrange(library: FakeLibrary, { server, walkthroughs: ids, wish }: ArrangeServer): string[] {
  const column = columnOf(library.walkthroughs(), server);
  const put = (id: string, change: Partial<Assignment>) => {
    const known = findIn(library.entry(id).walkthrough.assignments, server);
    const blank = { id: `msw_${id}`, server, display_order: 1, is_enabled: true, created_at: null };
    library.apply(id, { edit: "assign", assignment: { ...blank, ...known, ...change } });
  };
  if (wish === "unassign") {
    for (const id of ids) library.apply(id, { edit: "unassign", server });
    return ids;
  }
  if (typeof wish === "object") {
    const rest = column.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
    const at = wish.move_before === null ? rest.length : rest.indexOf(wish.move_before);
    const order = [...rest.slice(0, at), ...ids, ...rest.slice(at)];
    const moved = order.filter((id, index) => orderOf(library.entry(id).walkthrough, server) !== index + 1);
    for (const id of moved) put(id, { display_order: order.indexOf(id) + 1 });
    return moved;
  }
  const end = Math.max(0, ...column.map((one) => orderOf(one, server)));
  ids.forEach((id, index) => {
    put(id, wish === "assign" ? { display_order: end + index + 1 } : { is_enabled: wish === "enable" });
  });
  return ids;
}
