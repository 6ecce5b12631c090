import { type KeyboardEvent, useEffect, useRef } from "react";
import { useGone } from "../../../lib/use-gone";
import styles from "../steps.module.css";
import { typedAhead } from "./step-actions";

type RenameProps = {
  label: string;
  name: string;
  /** Null where it stays as it was. `isOnward` where Tab asked for what comes next. */
  onDone: (name: string | null, isOnward: boolean) => void;
};

/** A name as it is being written in its row. */
export function Rename({ label, name, onDone }: RenameProps) {
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    const typed = typedAhead.read();
    typedAhead.write(null);
    if (typed && input.current) input.current.value = typed;
    input.current?.focus();
    if (input.current?.value === name) input.current.select();
  }, [name]);
  const finish = (wanted: string | null, isOnward = false) => {
    if (isDone.current) return;
    isDone.current = true;
    const next = wanted?.trim() ?? "";
    onDone(next === "" || next === name ? null : next, isOnward);
  };
  useGone(input, ({ value }) => finish(value));
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const isPlainTab = event.key === "Tab" && !event.shiftKey;
    if (event.key === "Enter" || isPlainTab) finish(event.currentTarget.value, isPlainTab);
    else if (event.key === "Escape") finish(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      ref={input}
      className={styles.rename}
      aria-label={label}
      defaultValue={name}
      onKeyDown={press}
      onBlur={(event) => finish(event.currentTarget.value)}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => event.stopPropagation()}
    />
  );
}
