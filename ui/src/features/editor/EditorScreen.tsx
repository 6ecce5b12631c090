export function EditorScreen({ id }: { id: string; step: string | null }) {
  return <p>{id}</p>;
}
