import { useRef, useState } from "react";
import { asWaymarkError, commands } from "../../ipc";
import { Words } from "../../ui/Words";
import styles from "./dialog.module.css";
import { type FormState, withUrl } from "./form";
import { strings } from "./strings";
import { isTypingPassword, lifted } from "./typed-url";

type UrlFieldProps = {
  form: FormState;
  onRead: (form: FormState, hasPassword: boolean) => void;
  /** A password that was typed: where it goes, and behind what is there if it is more of the same. */
  onPassword: (password: string, isMore: boolean) => void;
};
type Said = { isProblem: boolean; lines: string[] };

/**
 * A pasted URL fills in the form. It may hold a password, so the input is cleared as soon as the host has it. One that is
 * typed is hidden while it is, and moved into its own input when it ends.
 */
export function UrlField({ form, onRead, onPassword }: UrlFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const read = async (url: string) => {
    if (url.trim() === "") return setSaid(null);
    if (input.current) {
      input.current.value = "";
      input.current.removeAttribute("data-hidden");
    }
    try {
      const parsed = await commands.parseConnectionUrl(url);
      onRead(withUrl(form, parsed), parsed.has_password);
      const password = parsed.has_password ? [strings.urlPassword] : [];
      setSaid({ isProblem: false, lines: [strings.urlRead, ...password, ...parsed.notices] });
    } catch (thrown) {
      const { message, hint } = asWaymarkError(thrown);
      setSaid({ isProblem: true, lines: hint ? [message, hint] : [message] });
    }
  };
  const hide = (field: HTMLInputElement) => {
    const found = lifted(field.value);
    if (found) {
      const caret = (field.selectionStart ?? field.value.length) - (field.value.length - found.url.length);
      field.value = found.url;
      field.setSelectionRange(Math.max(caret, 0), Math.max(caret, 0));
      onPassword(found.password, found.isMore);
      setSaid({ isProblem: false, lines: [strings.urlLifted] });
    }
    field.toggleAttribute("data-hidden", isTypingPassword(field.value));
  };
  return (
    <div className={styles.url}>
      <label className={styles.label} htmlFor="connection-url">
        {strings.url}
      </label>
      <input
        ref={input}
        id="connection-url"
        className={styles.input}
        placeholder={strings.urlPlaceholder}
        autoComplete="off"
        spellCheck={false}
        aria-describedby="connection-url-said"
        onPaste={(event) => {
          event.preventDefault();
          void read(event.clipboardData.getData("text/plain"));
        }}
        onInput={(event) => hide(event.currentTarget)}
        onBlur={(event) => void (event.target.value !== "" && read(event.target.value))}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          void read(event.currentTarget.value);
        }}
      />
      <p id="connection-url-said" className={said?.isProblem ? styles.problem : styles.hint} role="status">
        {said ? <Words>{said.lines.join(" ")}</Words> : strings.urlHint}
      </p>
    </div>
  );
}
