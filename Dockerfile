# One image for every process of WPIS; the command and WPIS_SURFACE say which one it is.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir uv==0.13.9
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups
COPY manage.py ./
COPY wpis ./wpis
COPY permits ./permits
COPY alerts ./alerts
COPY referral ./referral
COPY templates ./templates
COPY static ./static
# These values only let the settings load: collecting files, a bundle for each surface, reaches no server.
ENV WPIS_STATIC_DIR=/app/staticfiles
RUN export WPIS_SECRET_KEY=build DATABASE_URL=postgresql:///build REDIS_URL=redis://build \
    && .venv/bin/python -m compileall -q wpis permits alerts referral \
    && .venv/bin/python manage.py messages --compile \
    && for surface in portal office protection; do \
        WPIS_SURFACE=$surface .venv/bin/python manage.py collectstatic --noinput || exit 1; \
    done

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/wpis wpis
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=wpis.settings WPIS_STATIC_DIR=/app/staticfiles
USER 10001:10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--no-ws", "--workers-kill-timeout", "10", "wpis.wsgi:application"]
