// Which keys do what, and which would rather be others.

import { useState } from "react";
import { settings } from "../../lib/settings";
import { keysOf } from "../../lib/shortcut";
import { useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { type ActionSpec, allSpecs, conflictsOf, keysFor, resetAllKeys, type Scope } from "../../ui/keymap";
import { tell } from "../../ui/tell";
import { Section } from "./Section";
import { ShortcutRow } from "./ShortcutRow";
import styles from "./settings.module.css";
import { strings } from "./strings";

const scopes: readonly Scope[] = ["window", "library", "editor", "text", "conversation", "publish"];

export function Shortcuts() {
  const [chosen] = useStored(settings);
  const [search, setSearch] = useState("");
  const specs = allSpecs();
  const found = specs.filter((spec) => !spec.isLocal && has(spec, search));
  const clashes = specs.filter((spec) => !spec.isLocal && conflictsOf(spec, specs, chosen.shortcuts).length > 0).length;
  const reset = () => {
    const before = settings.read().shortcuts;
    resetAllKeys();
    const undo = () => settings.write({ ...settings.read(), shortcuts: before });
    tell(strings.allReset, { label: strings.undo, run: undo });
  };
  return (
    <Section title={strings.shortcuts} about={strings.shortcutsAbout}>
      <div className={styles.tools}>
        <input
          type="search"
          className={styles.search}
          aria-label={strings.findShortcut}
          placeholder={strings.findShortcut}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className={styles.clashes} role="status">
          {clashes > 0 && strings.clashes(clashes)}
        </span>
        <Button onClick={reset} disabled={Object.keys(chosen.shortcuts).length === 0}>
          {strings.resetAll}
        </Button>
      </div>
      {scopes.map((scope) => (
        <Group key={scope} scope={scope} specs={found.filter((spec) => spec.scope === scope)} />
      ))}
      {found.length === 0 && <p className={styles.about}>{strings.noShortcut}</p>}
    </Section>
  );
}

function Group({ scope, specs }: { scope: Scope; specs: ActionSpec[] }) {
  if (specs.length === 0) return null;
  return (
    <>
      <h3 className={styles.scope} id={`scope-${scope}`}>
        {strings.scopes[scope]}
      </h3>
      <ul aria-labelledby={`scope-${scope}`}>
        {specs.map((spec) => (
          <ShortcutRow key={spec.id} spec={spec} />
        ))}
      </ul>
    </>
  );
}

function has(spec: ActionSpec, search: string): boolean {
  const keys = keysFor(spec);
  const text = `${spec.label} ${keys ? `${keys} ${keysOf(keys).join(" ")}` : ""}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/[\s+]+/)
    .every((word) => text.includes(word));
}
