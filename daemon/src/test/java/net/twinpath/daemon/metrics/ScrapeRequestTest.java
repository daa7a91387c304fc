package net.twinpath.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests are answered with the metrics, and with what the others are refused. */
class ScrapeRequestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /metrics HTTP/1.1;Host: localhost              | 200
            GET /metrics HTTP/1.1;HOST:                        | 200
            GET /metrics HTTP/1.0                              | 200
            GET /metrics?name[]=up HTTP/1.1;Host: x            | 200
            GET http://127.0.0.1:9477/metrics HTTP/1.1;Host: x | 200
            HEAD /metrics HTTP/1.1;Host: x                     | 200
            GET /metrics/ HTTP/1.1;Host: x                     | 404
            GET / HTTP/1.1;Host: x                             | 404
            GET /Metrics HTTP/1.1;Host: x                      | 404
            POST / HTTP/1.1;Host: x                            | 404
            POST /metrics HTTP/1.1;Host: x;Content-Length: 5   | 405
            get /metrics HTTP/1.1;Host: x                      | 405
            OPTIONS * HTTP/1.1;Host: x                         | 404
            GET /metrics HTTP/1.1                              | 400
            GET /metrics HTTP/1.1;Host: x;Host: x              | 400
            GET /metrics HTTP/1.0;Host: x;host: y              | 400
            GET /metrics HTTP/1.1;Host : x                     | 400
            GET /metrics HTTP/1.1;Host: x; folded              | 400
            GET /metrics HTTP/1.1;Host: x;no field             | 400
            GET  /metrics HTTP/1.1;Host: x                     | 400
            GET /metrics                                       | 400
            GET /metrics HTTP/2.0                              | 505
            PRI * HTTP/2.0                                     | 505
            hello                                              | 400
            ''                                                 | 400
            """)
    void aRequestHasItsStatus(String lines, int status) {
        assertThat(ScrapeRequest.parse(lines.replace(";", "\r\n")).status()).isEqualTo(status);
        assertThat(ScrapeRequest.parse(lines.replace(";", "\n")).status()).isEqualTo(status);
    }

    @Test
    void aHeadRequestHasNoBody() {
        assertThat(ScrapeRequest.parse("HEAD /metrics HTTP/1.0").isHead()).isTrue();
        assertThat(ScrapeRequest.parse("GET /metrics HTTP/1.0").isHead()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Accept: application/openmetrics-text; version=1.0.0                       | OPENMETRICS
            Accept: text/plain;q=0.5;Accept: application/openmetrics-text             | OPENMETRICS
            accept:application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2  | OPENMETRICS
            Accept: text/plain                                                        | PROMETHEUS
            Accept: */*                                                               | PROMETHEUS
            X-Accept: application/openmetrics-text                                    | PROMETHEUS
            """)
    void openMetricsAreForThoseWhoAskForThem(String fields, MetricsText text) {
        String head = "GET /metrics HTTP/1.0\r\n" + fields.replace(";Accept", "\r\nAccept");
        assertThat(MetricsText.acceptedBy(ScrapeRequest.parse(head).accept())).isEqualTo(text);
    }

    @Test
    void whateverComesIsAnsweredWithSomeStatus() {
        SplittableRandom random = new SplittableRandom(1);
        String good = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: */*";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            }
            assertThat(ScrapeRequest.parse(text.toString()).status()).isBetween(200, 505);
        }
    }
}
