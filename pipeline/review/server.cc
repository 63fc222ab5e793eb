#include "pipeline/review/server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>
#include <thread>

#include "embedded_review_css.h"
#include "embedded_review_html.h"
#include "embedded_review_js.h"
#include "embedded_review_words_js.h"
#include "ocr/document/error.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/ledger.h"
#include "pipeline/review/desk.h"
#include "pipeline/review/page_drawer.h"

namespace vanban::pipeline {
namespace {

// 128 bits, in hexadecimal digits.
std::string random_token() {
  std::random_device source;
  std::string out;
  for (int i = 0; i < 4; ++i) out += fmt::format("{:08x}", source());
  return out;
}

// In a time that does not tell how much of it is right.
bool is_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned differences = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    differences |=
        static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  return differences == 0;
}

// Empty where it is none (RFC 4648).
std::string from_base64(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  while (text.ends_with('=')) text.remove_suffix(1);
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return "";
    bits = bits << 6 | static_cast<unsigned>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

// A page of a browser that another site opened may send what it likes, but not these headers.
const httplib::Headers& safe_headers() {
  static const httplib::Headers headers{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
       "connect-src "
       "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"}};
  return headers;
}

void answer_text(httplib::Response& response, std::string_view text, const char* type) {
  response.set_content(std::string(text), type);
  response.set_header("Cache-Control", "no-store");
}

int number_of(const httplib::Request& request, const char* name, int least, int most) {
  const std::string text = request.get_param_value(name);
  constexpr std::size_t kMostDigits = 6;
  if (text.empty() || text.size() > kMostDigits ||
      text.find_first_not_of("0123456789") != std::string::npos)
    return least - 1;
  const int number = std::stoi(text);
  return number > most ? least - 1 : number;
}

}  // namespace

struct ReviewServer::Impl {
  std::function<void(const std::string&)> note;
  std::optional<RemoteAccess> remote;
  std::string token = random_token(), host;
  std::mutex wrong_passwords;  // one is answered at a time
  // Before the server, which has threads.
  PageDrawer drawer;
  Desk desk;
  std::unique_ptr<httplib::Server> server;

  explicit Impl(const ReviewOptions& options)
      : note(options.note),
        remote(options.remote),
        drawer(Ledger::open_existing(ledger_file(options.outputs)).input_folder()),
        desk(options.outputs, options.note) {
    server = remote ? secure_server(*remote) : std::make_unique<httplib::Server>();
    limit();
    guard();
    serve_page();
    serve_desk();
    serve_pictures();
    const std::string address = remote ? remote->address : "127.0.0.1";
    const int wanted = remote ? remote->port : options.port;
    const int port = wanted == 0                             ? server->bind_to_any_port(address)
                     : server->bind_to_port(address, wanted) ? wanted
                                                             : -1;
    if (port <= 0)
      throw Error(ErrorKind::Access,
                  fmt::format("port {} of {} cannot be used; choose another", wanted, address));
    const bool is_ipv6 = address.find(':') != std::string::npos;
    host = (is_ipv6 ? '[' + address + ']' : address) + ':' + std::to_string(port);
  }

  static std::unique_ptr<httplib::Server> secure_server(const RemoteAccess& remote) {
    auto out = std::make_unique<httplib::SSLServer>(remote.certificate.c_str(), remote.key.c_str());
    if (!out->is_valid())
      throw Error(ErrorKind::Access,
                  fmt::format("the certificate {} and the key {} cannot be used; both are PEM, and "
                              "belong together",
                              remote.certificate.string(), remote.key.string()));
    SSL_CTX_set_min_proto_version(out->ssl_context(), TLS1_2_VERSION);
    return out;
  }

  void limit() {
    // A decision is some hundred bytes; who sends slowly has as many seconds a part.
    constexpr std::size_t kMostBytes = 64 << 10, kThreads = 64;
    constexpr std::time_t kSeconds = 5;
    server->set_payload_max_length(kMostBytes);
    server->set_read_timeout(kSeconds);
    server->set_write_timeout(kSeconds);
    // What is left of a request that was refused is no other request.
    server->set_keep_alive_max_count(1);
    server->new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  }

  // What stands in the way of a request; empty where nothing does.
  std::string obstacle(const httplib::Request& request) const {
    // Another name that leads here is one that somebody else's server gave (DNS rebinding).
    // With a certificate a browser has seen to that; a computer has more names than one there.
    const std::string called = request.get_header_value("Host");
    if (!remote && called != host) return "it is for another host";
    const std::string origin = request.get_header_value("Origin");
    if (!origin.empty() && origin != scheme() + called) return "it comes from another origin";
    const std::string site = request.get_header_value("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin" && site != "none") return "it comes from elsewhere";
    const std::string start = '/' + token + '/';
    if (!is_same(std::string_view(request.path).substr(0, start.size()), start))
      return "its token is wrong";
    if (request.method == "POST" && request.get_header_value("Content-Type") != "application/json")
      return "it is no JSON";
    if (request.method != "GET" && request.method != "POST") return "it is neither GET nor POST";
    return "";
  }

  const char* scheme() const { return remote ? "https://" : "http://"; }

  // Whether the password that is asked for came with the request. Who has it wrong waits, so that
  // nobody tries many.
  bool may_enter(const httplib::Request& request) {
    if (!remote) return true;
    const std::string given = request.get_header_value("Authorization");
    constexpr std::string_view kBasic = "Basic ";
    std::string decoded;
    if (given.starts_with(kBasic)) decoded = from_base64(given.substr(kBasic.size()));
    const std::size_t colon = decoded.find(':');
    if (colon != std::string::npos && is_same(decoded.substr(colon + 1), remote->password))
      return true;
    if (given.empty()) return false;
    const std::lock_guard one_at_a_time(wrong_passwords);
    constexpr std::chrono::seconds kPause{1};
    std::this_thread::sleep_for(kPause);
    note("a request was refused: its password is wrong");
    return false;
  }

  void guard() {
    server->set_default_headers(safe_headers());
    server->set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) {
          const std::string why = obstacle(request);
          if (why.empty()) {
            if (may_enter(request)) return httplib::Server::HandlerResponse::Unhandled;
            response.status = 401;
            response.set_header("WWW-Authenticate", "Basic realm=\"vanban\", charset=\"UTF-8\"");
            return httplib::Server::HandlerResponse::Handled;
          }
          note("a request was refused: " + why);
          response.status = 404;
          return httplib::Server::HandlerResponse::Handled;
        });
    server->set_error_handler([this](const httplib::Request&, httplib::Response& response) {
      if (response.status == 413) note("a request was refused: it is too long");
      if (response.body.empty()) answer_text(response, "not here\n", "text/plain");
    });
    server->set_exception_handler(
        [this](const httplib::Request&, httplib::Response& response, std::exception_ptr thrown) {
          response.status = 500;
          try {
            std::rethrow_exception(thrown);
          } catch (const std::exception& error) {
            note(std::string("a request failed: ") + error.what());
          } catch (...) {
            note("a request failed");
          }
        });
  }

  void serve_page() {
    const auto serve = [this](const char* name, std::string_view text, const char* type) {
      server->Get(std::string("/\\w+/") + name,
                  [text, type](const httplib::Request&, httplib::Response& response) {
                    answer_text(response, text, type);
                  });
    };
    serve("", embedded::review_html(), "text/html; charset=utf-8");
    serve("page\\.css", embedded::review_css(), "text/css; charset=utf-8");
    serve("page\\.js", embedded::review_js(), "text/javascript; charset=utf-8");
    serve("words\\.js", embedded::review_words_js(), "text/javascript; charset=utf-8");
  }

  static void put(httplib::Response& response, const Answer& answer) {
    response.status = answer.status;
    answer_text(response, answer.json, "application/json");
  }

  void serve_desk() {
    server->Get("/\\w+/api/queue", [this](const httplib::Request& request,
                                          httplib::Response& response) {
      put(response, desk.queue({request.get_param_value("agency"), request.get_param_value("year"),
                                request.get_param_value("kind"), request.get_param_value("who")}));
    });
    const auto serve = [this](const char* name, Answer (Desk::*ask)(const std::string&)) {
      server->Post(std::string("/\\w+/api/") + name,
                   [this, ask](const httplib::Request& request, httplib::Response& response) {
                     put(response, (desk.*ask)(request.body));
                   });
    };
    serve("open", &Desk::open);
    serve("hold", &Desk::hold);
    serve("release", &Desk::release);
    serve("decide", &Desk::decide);
    serve("undo", &Desk::undo);
  }

  static constexpr int kMostPages = 100'000, kLeastWidth = 100, kMostWidth = 3000;

  // An empty picture is none.
  static void put_picture(httplib::Response& response, std::string picture, const char* type) {
    response.status = picture.empty() ? 404 : 200;
    if (picture.empty()) return;
    response.set_content(std::move(picture), type);
    response.set_header("Cache-Control", "no-store");
  }

  // Only of files that the ledger knows: no path leads anywhere else.
  void serve_pictures() {
    server->Get("/\\w+/page\\.jpg", [this](const httplib::Request& request,
                                           httplib::Response& response) {
      const std::string path = request.get_param_value("path");
      const int page = number_of(request, "page", 1, kMostPages),
                width = number_of(request, "width", kLeastWidth, kMostWidth);
      const std::optional<std::string> version = desk.file_version(path);
      const bool is_wanted = version && page >= 1 && width >= kLeastWidth;
      put_picture(response, is_wanted ? drawer.draw(path, *version, page, width) : std::string(),
                  "image/jpeg");
    });
    server->Get("/\\w+/crop\\.png", [this](const httplib::Request& request,
                                           httplib::Response& response) {
      const std::string path = request.get_param_value("path");
      const int first_page = number_of(request, "first_page", 1, kMostPages),
                width = number_of(request, "width", kLeastWidth, kMostWidth);
      const std::optional<Desk::Place> place =
          desk.place_of(path, first_page, request.get_param_value("field"));
      put_picture(response,
                  place && width >= kLeastWidth
                      ? drawer.draw_crop(path, place->file_version, place->page, place->box, width)
                      : std::string(),
                  "image/png");
    });
  }

  void follow(bool registers) {
    try {
      desk.follow(registers);
    } catch (const std::exception& error) {
      note(std::string("what was decided is in the ledger, but not yet elsewhere: ") +
           error.what());
    }
  }

  void update_report() {
    try {
      desk.update_report();
    } catch (const std::exception& error) {
      note(std::string("the report was not written anew: ") + error.what());
    }
  }
};

ReviewServer::ReviewServer(const ReviewOptions& options) : impl_(std::make_unique<Impl>(options)) {}
ReviewServer::~ReviewServer() = default;

std::string ReviewServer::address() const {
  return impl_->scheme() + impl_->host + '/' + impl_->token + '/';
}

void ReviewServer::run(const std::atomic<bool>& cancelled) {
  std::thread serving([&] { impl_->server->listen_after_bind(); });
  // Before that it cannot be stopped.
  while (!impl_->server->is_running()) std::this_thread::yield();
  // Registers of ten thousand rows take seconds; records follow at once.
  constexpr std::chrono::milliseconds kPause{200};
  constexpr int kPausesToRegisters = 25;
  int pauses = 0;
  while (!cancelled) {
    std::this_thread::sleep_for(kPause);
    impl_->follow(++pauses % kPausesToRegisters == 0);
  }
  impl_->server->stop();
  serving.join();
  impl_->follow(true);
  impl_->update_report();
}

}  // namespace vanban::pipeline
