// Reads QR codes with the camera. A place marked data-scanner (with data-reader, where the reader's script lies) holds
// data-camera with its video and a button data-start-camera; it tells of each code by a bubbling "code-read" event
// (detail.code), and of a camera that cannot be used by "camera-trouble". While it has data-paused it looks away.
(() => {
  "use strict";
  const SAME_CODE_AGAIN = 4000; // a badge held still before the camera is one reading
  const LOOK_EVERY = 160;
  const LONGEST_SIDE = 800; // pixels: enough for a badge at arm's length, quick on an old phone

  const load = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });

  const nativeReader = async (video) => {
    if (!("BarcodeDetector" in window)) return null;
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!formats.includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(video))[0]?.rawValue ?? "";
  };

  const ownReader = async (video, address) => {
    if (!window.jsQR) await load(address);
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const picture = context.getImageData(0, 0, canvas.width, canvas.height);
      return window.jsQR(picture.data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" })?.data ?? "";
    };
  };

  const attach = (place) => {
    const camera = place.querySelector("[data-camera]");
    const video = place.querySelector("[data-video]");
    const starter = place.querySelector("[data-start-camera]");
    let stream = null;
    let looking = 0;
    let last = { code: "", at: 0 };

    const tell = (name, detail) => place.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

    const seen = (code) => {
      const now = Date.now();
      const same = code === last.code && now - last.at < SAME_CODE_AGAIN;
      last = { code, at: now };
      if (!same) tell("code-read", { code });
    };

    const look = async (reader) => {
      if (!stream) return;
      const paused = "paused" in place.dataset || document.hidden;
      if (video.readyState >= 2 && video.videoWidth && !paused) {
        const code = await reader().catch(() => "");
        if (code && stream) seen(code);
      }
      looking = setTimeout(() => look(reader), LOOK_EVERY);
    };

    const turned = (on) => {
      const words = starter.querySelector("[data-words-on]");
      words.textContent = on ? words.dataset.wordsOn : words.dataset.wordsOff;
    };

    const stop = () => {
      clearTimeout(looking);
      stream?.getTracks().forEach((track) => track.stop());
      stream = null;
      camera.hidden = true;
      turned(false);
    };

    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
          audio: false,
        });
        video.srcObject = stream;
        camera.hidden = false;
        await video.play();
        turned(true);
        look((await nativeReader(video)) ?? (await ownReader(video, place.dataset.reader)));
      } catch {
        stop();
        tell("camera-trouble");
      }
    };

    starter.hidden = false;
    starter.addEventListener("click", () => {
      if (stream) {
        stop();
      } else if (navigator.mediaDevices?.getUserMedia) {
        start();
      } else {
        tell("camera-trouble");
      }
    });
  };

  document.querySelectorAll("[data-scanner]").forEach(attach);
})();
