import { useEffect, useRef } from "react";
import styles from "./certificate.module.css";

const elements = new Set(["svg", "g", "rect", "path", "text"]);

/** A picture that the host drew, with the fonts of the window. Only shapes and texts come into the page. */
export function Picture({ svg, label }: { svg: string; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    const isPlain = [drawn, ...drawn.querySelectorAll("*")].every(
      ({ localName, attributes }) =>
        elements.has(localName) &&
        [...attributes].every(({ name }) => !name.startsWith("on") && !name.includes("href")),
    );
    place.current?.replaceChildren(...(isPlain ? [document.importNode(drawn, true)] : []));
  }, [svg]);
  return <div ref={place} className={styles.picture} role="img" aria-label={label} />;
}
