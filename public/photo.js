// Scales a photo: in a worker, so that the page stays quick; in the page itself where workers have no canvas.
// Asked by {type: "bintang-scale", bytes, mediaType, longest, quality} with a port, and answers there.
"use strict";

self.addEventListener("message", async ({ data, ports: [port] }) => {
  if (data?.type !== "bintang-scale") return;
  try {
    const answer = await scaled(data);
    port.postMessage(answer, [answer.bytes]);
  } catch (error) {
    port.postMessage({ error: `${error?.name ?? error}` });
  }
});

async function scaled({ bytes, mediaType, longest, quality }) {
  const picture = await createImageBitmap(new Blob([bytes], { type: mediaType }), { imageOrientation: "from-image" });
  const factor = Math.min(1, longest / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * factor)));
  const canvas = blank(width, height);
  const brush = canvas.getContext("2d", { alpha: false });
  // JPEG knows no transparency.
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, width, height);
  brush.imageSmoothingQuality = "high";
  brush.drawImage(picture, 0, 0, width, height);
  picture.close();
  const blob = await jpeg(canvas, quality);
  if (blob?.type !== "image/jpeg") throw new TypeError("EncodingError");
  return { bytes: await blob.arrayBuffer() };
}

function blank(width, height) {
  if (self.OffscreenCanvas) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

function jpeg(canvas, quality) {
  const type = "image/jpeg";
  if (canvas.convertToBlob) return canvas.convertToBlob({ type, quality });
  return new Promise((done) => canvas.toBlob(done, type, quality));
}
