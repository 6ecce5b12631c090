import { type FormEvent, useRef, useState } from "react";
import { asWaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/TextField";
import { tell } from "../../ui/tell";
import styles from "./settings.module.css";

type AddingProps = {
  label: string;
  placeholder: string;
  action: string;
  /** Gives what is to be told about it, or nothing; what it throws stands at the field. */
  onAdd: (typed: string) => Promise<string | null>;
};

/** One line to add something to a list. It keeps what was typed until it is there. */
export function Adding({ label, placeholder, action, onAdd }: AddingProps) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === "") return form.current?.querySelector("input")?.focus();
    try {
      const told = await onAdd(typed.trim());
      setProblem(null);
      setTyped("");
      if (told) tell(told);
    } catch (error) {
      const { message, hint } = asWaymarkError(error);
      setProblem([message, hint].filter(Boolean).join(" "));
    }
    form.current?.querySelector("input")?.focus();
  };
  return (
    <form ref={form} className={styles.adding} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={label}
        placeholder={placeholder}
        value={typed}
        problem={problem}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          setProblem(null);
        }}
      />
      <Button type="submit">{action}</Button>
    </form>
  );
}
