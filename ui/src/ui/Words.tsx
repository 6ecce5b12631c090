import styles from "./words.module.css";

/** A sentence of the host: what stands in backticks is a literal. */
export function Words({ children }: { children: string }) {
  return children.split(/`([^`]+)`/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the sentence.
      <code key={index} className={styles.literal}>
        {part}
      </code>
    ) : (
      part
    ),
  );
}
