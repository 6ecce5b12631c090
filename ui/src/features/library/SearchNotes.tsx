import { Words } from "../../ui/Words";
import styles from "./library.module.css";

/** What of a search was not understood, and what could be written instead. */
export function SearchNotes({ notes }: { notes: readonly string[] }) {
  return (
    <div role="status">
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          <Words>{note}</Words>
        </p>
      ))}
    </div>
  );
}
