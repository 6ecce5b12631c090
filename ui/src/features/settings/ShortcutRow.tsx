import { IconArrowBackUp, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { classNames } from "../../lib/class-names";
import { settings } from "../../lib/settings";
import { isFree, keysOf, written } from "../../lib/shortcut";
import { useStored } from "../../lib/stored";
import { IconButton } from "../../ui/Button";
import { Keys } from "../../ui/Keys";
import { type ActionSpec, conflictsOf, keysFor, remap } from "../../ui/keymap";
import styles from "./settings.module.css";
import { strings } from "./strings";

/** One action and its keys. The keys are a button: it listens for others until it has them, or Escape. */
export function ShortcutRow({ spec }: { spec: ActionSpec }) {
  const [{ shortcuts }] = useStored(settings);
  const [isListening, setListening] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const keys = keysFor(spec, shortcuts);
  const others = conflictsOf(spec, undefined, shortcuts).map(({ label }) => label);
  const isChanged = shortcuts[spec.id] !== undefined;

  const listen = (event: KeyboardEvent) => {
    if (!isListening || event.key === "Tab") return setListening(false);
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return setListening(false);
    const pressed = written(event.nativeEvent);
    if (pressed === null) return;
    const isBare = pressed === "Backspace" || pressed === "Delete";
    if (!isBare && !isFree(pressed)) return setRefused(strings.needed(keysOf(pressed).join(" ")));
    setListening(false);
    remap(spec.id, isBare ? "" : pressed);
  };
  const begin = () => {
    setRefused(null);
    setListening(true);
  };
  const change = (wanted: string | null) => {
    remap(spec.id, wanted);
    // The button that was pressed goes with the choice.
    button.current?.focus();
  };
  const said = keys ? keysOf(keys).join(" ") : strings.noKeys;
  return (
    <li className={styles.shortcut}>
      <span>{spec.label}</span>
      {refused && isListening ? (
        <span className={styles.clash} role="alert">
          {refused}
        </span>
      ) : (
        others.length > 0 && <span className={styles.clash}>{strings.clash(others.join(", "))}</span>
      )}
      {isChanged && (
        <IconButton label={strings.reset(spec.label)} icon={IconArrowBackUp} onClick={() => change(null)} />
      )}
      {keys && <IconButton label={strings.remove(spec.label)} icon={IconX} onClick={() => change("")} />}
      <button
        ref={button}
        type="button"
        className={classNames(styles.keys, isListening && styles.listening, others.length > 0 && styles.clashing)}
        aria-label={isListening ? strings.press : strings.change(spec.label, said)}
        onClick={() => (isListening ? setListening(false) : begin())}
        onKeyDown={isListening ? listen : undefined}
        onBlur={() => setListening(false)}
      >
        {isListening ? strings.press : keys ? <Keys shortcut={keys} /> : strings.noKeys}
      </button>
    </li>
  );
}
