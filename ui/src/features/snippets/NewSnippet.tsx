import { newSnippet } from "../../lib/new-snippet";
import { useStored } from "../../lib/stored";
import { SnippetDialog } from "./SnippetDialog";

/** Asks for a name when somebody wants to keep a text, wherever in the window. */
export function NewSnippet() {
  const [text, setText] = useStored(newSnippet);
  return text === null ? null : <SnippetDialog snippet={{ name: "", text }} onClose={() => setText(null)} />;
}
