package io.chapar.sandbox.post;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes a PDF of one page that any reader opens, as large as wanted, so that attachments weigh what scans weigh. */
public final class Pdf {

    private static final int BLOCK = 8192;

    private Pdf() {}

    /** @param weight bytes of the picture that nobody sees */
    public static byte[] page(String line, int weight, RandomGenerator random) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(weight + 1024);
        List<Integer> places = new ArrayList<>();
        text(file, "%PDF-1.4\n");
        String words = line.replaceAll("[^A-Za-z0-9 .,-]", "");
        String page = "BT /F1 14 Tf 72 760 Td (" + words + ") Tj ET";
        object(file, places, "<< /Type /Catalog /Pages 2 0 R >>");
        object(file, places, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        object(
                file,
                places,
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
                        + " /Resources << /Font << /F1 4 0 R >> >> >>");
        object(file, places, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        object(file, places, "<< /Length " + page.length() + " >>\nstream\n" + page + "\nendstream");
        byte[] ballast = new byte[weight];
        byte[] block = new byte[Math.min(weight, BLOCK)];
        random.nextBytes(block);
        for (int at = 0; at < weight; at += block.length) {
            System.arraycopy(block, 0, ballast, at, Math.min(block.length, weight - at));
        }
        places.add(file.size());
        text(file, places.size() + " 0 obj\n<< /Length " + weight + " >>\nstream\n");
        file.writeBytes(ballast);
        text(file, "\nendstream\nendobj\n");
        int table = file.size();
        text(file, "xref\n0 " + (places.size() + 1) + "\n0000000000 65535 f \n");
        places.forEach(place -> text(file, String.format(Locale.ROOT, "%010d 00000 n \n", place)));
        text(file, "trailer\n<< /Size " + (places.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n");
        return file.toByteArray();
    }

    private static void object(ByteArrayOutputStream file, List<Integer> places, String content) {
        places.add(file.size());
        text(file, places.size() + " 0 obj\n" + content + "\nendobj\n");
    }

    private static void text(ByteArrayOutputStream file, String text) {
        file.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
