/** A new id: 128 random bits in base64url, 22 characters. (Plain http has no `crypto.randomUUID`.) */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").slice(0, 22);
}
