// Which keys do what: what each action comes with, unless the person chose others.

import { settings } from "../lib/settings";
import { matchesPrinted, matchesTyped } from "../lib/shortcut";
import { useStored } from "../lib/stored";

/** Where keys work. The same keys may do different things in two places that are never shown together. */
export type Scope =
  | "window"
  | "library"
  | "editor"
  | "steps"
  | "text"
  | "preview"
  | "conversation"
  | "flow"
  | "quiz"
  | "publish";

/** An action as it is listed: what it is called and which keys it comes with. Running it is the screen's. */
export type ActionSpec = {
  id: string;
  label: string;
  scope: Scope;
  /** As in lib/shortcut: `Mod+Shift+P`. */
  shortcut?: string;
  /** More keys that it comes with. They are not shown, and go when others are chosen. */
  also?: readonly string[];
  /** Its keys work only where it belongs, which listens for them itself; they cannot be changed. */
  isLocal?: boolean;
};

type Described = Record<string, Omit<ActionSpec, "id" | "scope">>;
export type Specs<D extends Described> = { readonly [Id in keyof D]: ActionSpec };

/** Lists the actions of one place. */
export function describe<const D extends Described>(scope: Scope, described: D): Specs<D> {
  const entries = Object.entries(described).map(([id, spec]) => [id, { ...spec, id, scope }]);
  return Object.fromEntries(entries) as Specs<D>;
}

let catalog: readonly ActionSpec[] = [];

/** Every action that the window knows, shown or not. Called once, by the app. */
export function setCatalog(specs: readonly ActionSpec[]): void {
  catalog = specs;
}

export const allSpecs = (): readonly ActionSpec[] => catalog;

type Keyed = Pick<ActionSpec, "id" | "shortcut" | "also">;

/** The keys that are shown for an action: chosen, or its own. */
export function keysFor({ id, shortcut }: Keyed, chosen = settings.read().shortcuts): string | undefined {
  return (chosen[id] ?? shortcut) || undefined;
}

type Pressed = Parameters<typeof matchesTyped>[1];

export const isPressed = (action: Keyed, event: Pressed): boolean => pressedOf([action], event) !== undefined;

/** The action whose keys these are. What a key types goes before what stands on it, so that `Mod+Plus` is never a digit. */
export function pressedOf<A extends Keyed>(actions: readonly A[], event: Pressed): A | undefined {
  const all = actions.map((action) => ({ action, keys: allKeysOf(action) }));
  const by = (matches: typeof matchesTyped) =>
    all.find(({ keys }) => keys.some((each) => matches(each, event)))?.action;
  return by(matchesTyped) ?? by(matchesPrinted);
}

function allKeysOf(action: Keyed): string[] {
  const keys = keysFor(action);
  const more = settings.read().shortcuts[action.id] === undefined ? (action.also ?? []) : [];
  return [...(keys ? [keys] : []), ...more];
}

/** The keys of an action by its id, for a button that shows them. */
export function useKeysFor(id: string): string | undefined {
  useStored(settings);
  const spec = catalog.find((known) => known.id === id);
  return spec && keysFor(spec);
}

/** Chooses other keys; an empty string is none, and null is what the action comes with. */
export function remap(id: string, keys: string | null): void {
  const now = settings.read();
  const { [id]: _, ...others } = now.shortcuts;
  const own = catalog.find((spec) => spec.id === id)?.shortcut ?? "";
  const isOwn = keys === null || keys === own;
  settings.write({ ...now, shortcuts: isOwn ? others : { ...others, [id]: keys } });
}

export function resetAllKeys(): void {
  settings.write({ ...settings.read(), shortcuts: {} });
}

/** The other actions that want the same keys in the same place. */
export function conflictsOf(spec: ActionSpec, specs = catalog, chosen = settings.read().shortcuts): ActionSpec[] {
  const own = comparable(keysFor(spec, chosen));
  if (!own) return [];
  return specs.filter(
    (other) => other.id !== spec.id && meet(spec.scope, other.scope) && comparable(keysFor(other, chosen)) === own,
  );
}

const meet = (a: Scope, b: Scope): boolean =>
  a === b || a === "window" || b === "window" || (a === "editor" && b === "text") || (a === "text" && b === "editor");

/** The same keys are the same text, in whatever order they were written. */
const comparable = (keys: string | undefined): string | undefined => {
  const parts = keys?.toLowerCase().split("+");
  const key = parts?.pop();
  return key && [...(parts ?? []).sort(), key].join("+");
};
