/** A point on the map in degrees of GCJ-02, which Chinese maps and the mini-program’s wx.getLocation({ type: 'gcj02' }) use. */
export interface Place {
  latitude: number;
  longitude: number;
}

/** Whether a place can be that of an outlet: it lies in China, and the two numbers are not exchanged. */
export function isPlaceInChina({ latitude, longitude }: Place): boolean {
  return latitude >= 3 && latitude <= 54 && longitude >= 73 && longitude <= 136;
}
