//! Makes a description out of bytes: OpenAPI of all versions, with everything that it has, odd in every way, but always JSON.
//!
//! In: any bytes. Out: the text of a description, most of which means something, so that all rooms have work.

use serde_json::{Map, Value, json};

use crate::arbitrary::{Bytes, bytes_of};

const VERSIONS: &[&str] = &["2.0", "3.0.0", "3.0.3", "3.1.0", "3.1.1", "3.2.0", "4"];
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "query"];
const PLACES: &[&str] = &[
    "query", "query", "query", "path", "header", "cookie", "body", "formData",
];
const STYLES: &[&str] = &["form", "simple", "label", "matrix", "pipeDelimited", "deepObject"];
const KINDS: &[&str] = &[
    "string", "integer", "number", "boolean", "array", "object", "null",
];
const FORMATS: &[&str] = &[
    "date-time",
    "date",
    "int32",
    "int64",
    "uint64",
    "double",
    "binary",
    "byte",
    "uuid",
    "decimal",
    "uri",
];
const MEDIA: &[&str] = &[
    "application/json",
    "application/json",
    "application/problem+json; charset=utf-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "text/event-stream",
    "application/x-ndjson",
    "application/octet-stream",
    "application/xml",
    "image/*",
    "*/*",
    "",
];
const STATUSES: &[&str] = &[
    "200", "201", "204", "2XX", "301", "400", "404", "4XX", "500", "default", "600", "x",
];
const PATHS: &[&str] = &[
    "/",
    "/a",
    "/a/{id}",
    "/a/{id}/b/{a.b}",
    "/a/{id}.{type}",
    "/{id}/{id}",
    "/a:do",
    "/a?x=1",
    "/a#b",
    "a/{",
    "/été/{用户}",
];
/// So many schemas are declared.
const SCHEMAS: usize = 7;

/// The description that `bytes` describe, as JSON text.
pub fn description(bytes: &[u8]) -> String {
    let mut from = Maker {
        from: Bytes { rest: bytes },
        names: Vec::new(),
    };
    from.names = (0..SCHEMAS).map(|_| from.word()).collect();
    from.whole().to_string()
}

/// The `index`-th of an endless row of descriptions that are the same on every machine.
pub fn numbered(index: u32, length: usize) -> String {
    description(&bytes_of(index, length))
}

struct Maker<'a> {
    from: Bytes<'a>,
    /// The schemas that are declared.
    names: Vec<String>,
}

impl Maker<'_> {
    fn word(&mut self) -> String {
        self.from.text().as_str().unwrap_or_default().to_owned()
    }

    fn pick(&mut self, of: &[&'static str]) -> &'static str {
        of.get(self.from.below(of.len())).copied().unwrap_or_default()
    }

    fn is(&mut self, of_256: u8) -> bool {
        self.from.byte() < of_256
    }

    fn maybe(&mut self, of: &mut Value, key: &str, make: impl FnOnce(&mut Self) -> Value) {
        if self.is(90) {
            of[key] = make(self);
        }
    }

    fn list(&mut self, limit: usize, mut make: impl FnMut(&mut Self) -> Value) -> Value {
        let count = self.from.below(limit + 1);
        Value::Array((0..count).map(|_| make(self)).collect())
    }

    fn object(
        &mut self,
        limit: usize,
        mut key: impl FnMut(&mut Self) -> String,
        mut make: impl FnMut(&mut Self) -> Value,
    ) -> Value {
        let mut object = Map::new();
        for _ in 0..self.from.below(limit + 1) {
            let key = key(self);
            object.insert(key, make(self));
        }
        Value::Object(object)
    }

    fn whole(&mut self) -> Value {
        let version = self.pick(VERSIONS);
        let mut whole =
            json!({"info": {"title": self.from.loose(), "version": "1", "description": self.from.loose()}});
        let is_old = version == "2.0";
        whole[if is_old { "swagger" } else { "openapi" }] = json!(version);
        let mut schemas = Map::new();
        for name in self.names.clone() {
            schemas.insert(name, self.schema(0));
        }
        if is_old {
            whole["host"] = json!("api.example.com");
            self.maybe(&mut whole, "basePath", |from| from.from.loose());
            whole["definitions"] = Value::Object(schemas);
            whole["securityDefinitions"] = self.object(3, Self::word, Self::scheme);
        } else {
            whole["servers"] = self.list(2, Self::server);
            whole["components"] = json!({"schemas": schemas});
            whole["components"]["securitySchemes"] = self.object(3, Self::word, Self::scheme);
            self.maybe(&mut whole, "webhooks", |from| {
                from.object(2, Self::word, |from| json!({"post": from.operation(false)}))
            });
        }
        self.maybe(&mut whole, "security", Self::security);
        self.maybe(&mut whole, "tags", |from| {
            from.list(
                3,
                |from| json!({"name": from.from.loose(), "description": from.from.loose()}),
            )
        });
        let path = |from: &mut Self| from.pick(PATHS).to_owned();
        whole["paths"] = self.object(6, path, |from| from.path(is_old));
        whole
    }

    fn server(&mut self) -> Value {
        let urls = ["https://api.example.com", "https://{host}/v1", "/v1", "", "{x"];
        let mut server = json!({"url": self.pick(&urls)});
        self.maybe(
            &mut server,
            "variables",
            |from| json!({"host": {"default": from.from.loose(), "enum": from.from.list(2, Bytes::loose)}}),
        );
        self.maybe(&mut server, "description", |from| from.from.loose());
        server
    }

    fn path(&mut self, is_old: bool) -> Value {
        let mut path = self.object(
            3,
            |from| from.pick(METHODS).to_owned(),
            |from| from.operation(is_old),
        );
        self.maybe(&mut path, "parameters", |from| {
            from.list(2, |from| from.parameter(is_old))
        });
        path
    }

    fn operation(&mut self, is_old: bool) -> Value {
        let mut operation = json!({"responses": {}});
        self.maybe(&mut operation, "operationId", |from| from.from.loose());
        self.maybe(&mut operation, "tags", |from| {
            from.list(2, |from| from.from.loose())
        });
        self.maybe(&mut operation, "summary", |from| from.from.loose());
        self.maybe(&mut operation, "description", |from| from.from.loose());
        self.maybe(&mut operation, "deprecated", |from| json!(from.is(128)));
        self.maybe(&mut operation, "security", Self::security);
        operation["parameters"] = self.list(5, |from| from.parameter(is_old));
        if is_old {
            self.maybe(&mut operation, "consumes", |from| {
                from.list(2, |from| json!(from.pick(MEDIA)))
            });
            self.maybe(&mut operation, "produces", |from| {
                from.list(2, |from| json!(from.pick(MEDIA)))
            });
        } else {
            self.maybe(
                &mut operation,
                "requestBody",
                |from| json!({"required": from.is(128), "content": from.content()}),
            );
            self.maybe(&mut operation, "servers", |from| from.list(1, Self::server));
        }
        let status = |from: &mut Self| from.pick(STATUSES).to_owned();
        operation["responses"] = self.object(4, status, |from| from.response(is_old));
        operation
    }

    fn response(&mut self, is_old: bool) -> Value {
        let mut response = json!({"description": self.from.loose()});
        if is_old {
            self.maybe(&mut response, "schema", |from| from.schema(0));
        } else {
            response["content"] = self.content();
        }
        self.maybe(&mut response, "headers", |from| {
            from.object(2, Self::word, |from| json!({"schema": from.schema(3)}))
        });
        response
    }

    fn content(&mut self) -> Value {
        let media = |from: &mut Self| from.pick(MEDIA).to_owned();
        self.object(2, media, |from| {
            let mut media = json!({"schema": from.schema(0)});
            from.maybe(&mut media, "example", |from| from.from.value());
            from.maybe(&mut media, "examples", |from| {
                from.object(2, Self::word, |from| json!({"value": from.from.value()}))
            });
            from.maybe(&mut media, "itemSchema", |from| from.schema(1));
            from.maybe(&mut media, "encoding", |from| {
                from.object(3, Self::word, |from| {
                    json!({"contentType": from.pick(MEDIA), "style": from.pick(STYLES), "explode": from.is(128)})
                })
            });
            media
        })
    }

    fn parameter(&mut self, is_old: bool) -> Value {
        let place = self.pick(PLACES);
        let name = if place == "path" {
            json!(self.pick(&["id", "a.b", "type", "用户", "other"]))
        } else {
            self.from.loose()
        };
        let mut parameter = json!({"name": name, "in": place});
        self.maybe(&mut parameter, "required", |from| json!(from.is(128)));
        self.maybe(&mut parameter, "description", |from| from.from.loose());
        self.maybe(&mut parameter, "deprecated", |from| json!(from.is(128)));
        if is_old && place != "body" {
            let schema = self.schema(2);
            for (key, value) in schema.as_object().into_iter().flatten() {
                parameter[key] = value.clone();
            }
            self.maybe(&mut parameter, "collectionFormat", |from| {
                json!(from.pick(&["csv", "ssv", "tsv", "pipes", "multi"]))
            });
            return parameter;
        }
        self.maybe(&mut parameter, "style", |from| json!(from.pick(STYLES)));
        self.maybe(&mut parameter, "explode", |from| json!(from.is(128)));
        self.maybe(&mut parameter, "allowReserved", |from| json!(from.is(128)));
        self.maybe(&mut parameter, "example", |from| from.from.value());
        if self.is(30) {
            parameter["content"] = self.content();
        } else {
            parameter["schema"] = self.schema(1);
        }
        parameter
    }

    fn schema(&mut self, depth: usize) -> Value {
        if depth > 5 || self.is(60) {
            let name = self
                .names
                .get(self.from.below(SCHEMAS))
                .cloned()
                .unwrap_or_default();
            let name = name.replace('~', "~0").replace('/', "~1");
            let under = self.pick(&["components/schemas", "definitions", "nowhere"]);
            return json!({"$ref": format!("#/{under}/{name}")});
        }
        let mut schema = match self.from.below(12) {
            0..=3 => self.of_kind(depth),
            4 | 5 => self.strukt(depth),
            6 => json!({"allOf": self.list(3, |from| from.schema(depth + 1))}),
            7 | 8 => {
                let key = self.pick(&["oneOf", "anyOf"]);
                let mut schema = json!({key: self.list(3, |from| from.schema(depth + 1))});
                self.maybe(&mut schema, "discriminator", Self::discriminator);
                schema
            }
            9 => json!({"const": self.from.value()}),
            10 => json!({"type": self.list(3, |from| json!(from.pick(KINDS)))}),
            _ => self.from.value(),
        };
        if !schema.is_object() {
            return schema;
        }
        for key in ["nullable", "readOnly", "writeOnly", "deprecated", "x-nullable"] {
            if self.is(12) {
                schema[key] = json!(true);
            }
        }
        for key in ["description", "title", "default", "example"] {
            if self.is(25) {
                schema[key] = self.from.value();
            }
        }
        schema
    }

    fn of_kind(&mut self, depth: usize) -> Value {
        let kind = self.pick(KINDS);
        let mut schema = json!({"type": kind});
        self.maybe(&mut schema, "format", |from| json!(from.pick(FORMATS)));
        match kind {
            "array" => {
                schema["items"] = self.schema(depth + 1);
                if self.is(20) {
                    schema["prefixItems"] = self.list(2, |from| from.schema(depth + 1));
                }
            }
            "string" => self.maybe(&mut schema, "enum", |from| from.list(4, |from| from.from.loose())),
            "integer" => self.maybe(&mut schema, "enum", |from| {
                from.list(3, |from| json!(from.from.byte()))
            }),
            _ => {}
        }
        schema
    }

    fn strukt(&mut self, depth: usize) -> Value {
        let mut schema = json!({"properties": self.object(5, Self::word, |from| from.schema(depth + 1))});
        if self.is(200) {
            schema["type"] = json!("object");
        }
        let keys: Vec<Value> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| json!(key))
            .collect();
        let required = keys.into_iter().filter(|_| self.is(90)).collect();
        schema["required"] = Value::Array(required);
        self.maybe(&mut schema, "additionalProperties", |from| {
            match from.from.below(3) {
                0 => json!(from.is(128)),
                _ => from.schema(depth + 1),
            }
        });
        self.maybe(&mut schema, "discriminator", Self::discriminator);
        schema
    }

    fn discriminator(&mut self) -> Value {
        let name = self.word();
        if self.is(60) {
            return json!(name);
        }
        let names = self.names.clone();
        let mapping = self.object(3, Self::word, |from| {
            json!(names.get(from.from.below(SCHEMAS)).cloned().unwrap_or_default())
        });
        json!({"propertyName": name, "mapping": mapping})
    }

    fn security(&mut self) -> Value {
        self.list(3, |from| {
            from.object(2, Self::word, |from| from.from.list(1, Bytes::text))
        })
    }

    fn scheme(&mut self) -> Value {
        let kind = self.pick(&[
            "http",
            "apiKey",
            "oauth2",
            "basic",
            "openIdConnect",
            "mutualTLS",
            "x",
        ]);
        let mut scheme = json!({"type": kind, "name": self.from.loose(), "in": self.pick(PLACES)});
        scheme["scheme"] = json!(self.pick(&["basic", "bearer", "digest", "x"]));
        self.maybe(&mut scheme, "flows", |from| {
            let flow =
                json!({"tokenUrl": from.from.loose(), "authorizationUrl": from.from.loose(), "scopes": {}});
            json!({from.pick(&["clientCredentials", "authorizationCode", "password", "implicit"]): flow})
        });
        scheme
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;
    use crate::count;

    #[test]
    fn makes_descriptions_with_operations() {
        let counts = (0..50).filter_map(|index| count::requests(&numbered(index, 4_000)));
        let counts: Vec<usize> = counts.collect();
        assert!(counts.len() > 40, "{counts:?}");
        assert!(counts.iter().sum::<usize>() > 100, "{counts:?}");
    }
}
