import { useState } from "react";
import { navigate } from "../lib/route";
import { settings } from "../lib/settings";
import { keysOf } from "../lib/shortcut";
import { type Action, useOfferedActions } from "../ui/actions";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Keys } from "../ui/Keys";
import { type ActionSpec, allSpecs, keysFor, type Scope } from "../ui/keymap";
import styles from "./shortcut-sheet.module.css";
import { strings } from "./strings";

type Line = { id: string; label: string; keys: string; scope: Scope };
const scopes: readonly Scope[] = [
  "window",
  "library",
  "editor",
  "steps",
  "text",
  "preview",
  "conversation",
  "flow",
  "quiz",
  "publish",
];

/** Every shortcut there is, by where it works. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const [offered] = useState(useOfferedActions());
  const [search, setSearch] = useState("");
  const lines = useState(() => linesOf(allSpecs(), offered))[0].filter((line) => has(line, search));
  const change = () => {
    onClose();
    setTimeout(() => navigate({ screen: "settings", section: "shortcuts" }));
  };
  return (
    <Dialog title={strings.shortcuts} width={760} onClose={onClose}>
      <input
        type="search"
        className={styles.search}
        aria-label={strings.sheetFilter}
        placeholder={strings.sheetFilter}
        autoFocus
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <div className={styles.sheet} role="group" aria-label={strings.shortcuts} tabIndex={0}>
        <div className={styles.columns}>
          {scopes.map((scope) => (
            <Group key={scope} scope={scope} lines={lines.filter((line) => line.scope === scope)} />
          ))}
        </div>
        {lines.length === 0 && <p className={styles.nothing}>{strings.sheetNothing}</p>}
      </div>
      <DialogActions>
        <Button variant="quiet" onClick={change}>
          {strings.sheetChange}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Group({ scope, lines }: { scope: Scope; lines: Line[] }) {
  if (lines.length === 0) return null;
  return (
    <section className={styles.group} aria-labelledby={`sheet-${scope}`}>
      <h3 id={`sheet-${scope}`} className={styles.heading}>
        {strings.scopes[scope]}
      </h3>
      <ul>
        {lines.map(({ id, label, keys }) => (
          <li key={id} className={styles.line}>
            <span>{label}</span>
            <span className="visually-hidden">: {keysOf(keys).join(" ")}</span>
            <Keys shortcut={keys} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function linesOf(specs: readonly ActionSpec[], offered: readonly Action[]): Line[] {
  const { shortcuts } = settings.read();
  const listed = specs.map((spec) => ({ ...spec, keys: keysFor(spec, shortcuts) ?? "" }));
  const others = offered
    .filter(({ id }) => !specs.some((spec) => spec.id === id))
    .map(({ id, label, shortcut }) => ({ id, label, keys: shortcut ?? "", scope: "editor" as const }));
  return [...listed, ...others].filter(({ keys }) => keys !== "");
}

function has({ label, keys }: Line, search: string): boolean {
  const text = `${label} ${keys} ${keysOf(keys).join(" ")}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/[\s+]+/)
    .every((word) => text.includes(word));
}
