// Photos that are sent: scaled down here, so that a weak signal carries them, and drawn anew, so
// that they do not tell where they were taken.

export const MOST = 5; // at once
const WIDE = 1280; // pixels of the longer side
const LARGEST = 700000; // bytes; the server takes a little more
const KINDS = [0.82, 0.65, 0.45]; // how well it is drawn, until it is small enough
const sent = new Map(); // by the key of the item: { file, canvas }

function toFile(canvas, quality) {
  return new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', quality); });
}

// The picture upright and small; throws for what the browser cannot show.
export async function scaled(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const shrink = Math.min(1, WIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * shrink));
  canvas.height = Math.max(1, Math.round(picture.height * shrink));
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff'; // what is see-through would become black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of KINDS) {
    const small = await toFile(canvas, quality);
    if (small.size <= LARGEST) return { file: small, canvas };
  }
  throw new Error('too large');
}

export function keep({ key }, { file, canvas }) {
  sent.set(key, { file, canvas });
}

// What is to be sent of an item; nothing where it has no photo, or another tab has it.
export function of({ key }) {
  const kept = sent.get(key);
  return kept && kept.file;
}

export function drawn(key) {
  const kept = sent.get(key);
  return kept && kept.canvas;
}
